import Catalogue
import Documents
import SequenceModels
import TestSupport
import Testing

/// Every training configuration that papers and released code report has its experiments, with the numbers that were reported.
@Suite struct ReportedConfigurationsTests {
  /// A line of the list: a reported configuration, the experiments that run it (`*` stands for anything), or why none does.
  struct Line: Sendable, CustomTestStringConvertible {
    let name: String
    let experiments: [String]
    let remark: String
    /// Reported numbers by name, where they are known.
    let numbers: [String: Double]

    var testDescription: String { name }

    static func all() throws -> [Line] {
      let table = try CSVTable(fromFile: Fixtures.path("reported-configurations.csv"), fix: "restore it from the repository")
      return try table.rows.enumerated().map { index, row in
        let numbers = try table.header.indices.dropFirst(4).compactMap { column in
          try table.number(row[column], row: index).map { (table.header[column], $0) }
        }
        return Line(
          name: "\(row[0]), \(row[1])", experiments: row[2].split(separator: " ").map(String.init), remark: row[3],
          numbers: Dictionary(uniqueKeysWithValues: numbers))
      }
    }
  }

  static let lines = (try? Line.all()) ?? []
  static let experiments = (try? ExperimentCatalogue.load().experiments(at: .paper)) ?? []

  @Test("the list is complete: 60 configurations, 57 with experiments") func count() {
    #expect(Self.lines.count == 60 && Self.lines.filter { !$0.experiments.isEmpty }.count == 57)
    #expect(Set(Self.lines.map(\.name)).count == Self.lines.count)
  }

  @Test("each has experiments with the reported numbers, or a reason", arguments: lines)
  func line(_ line: Line) throws {
    if line.experiments.isEmpty { #expect(!line.remark.isEmpty) }
    for pattern in line.experiments {
      let found = Self.experiments.filter { Self.matches($0.id, pattern) }
      #expect(!found.isEmpty, "no experiment \(pattern)")
      for experiment in found {
        let numbers = Self.numbers(of: experiment)
        for (name, reported) in line.numbers {
          guard let ours = numbers[name] else { continue }
          #expect(abs(ours - reported) <= 1e-9 * reported, "\(experiment.id): \(name) is \(ours), reported \(reported)")
        }
      }
    }
  }

  /// What is set down in no list: each diagonal model on each task where the papers compare them.
  @Test("every diagonal model runs wherever DFOUT compares them") func diagonalModels() {
    let ids = Set(Self.experiments.map(\.id))
    let models = ["-s4d-lin", "-s4d-inv", "-s4d-legs", "-s4d-fout", ""]
    let tasks = ["listops", "text", "retrieval", "image", "pathfinder", "pathx"].map { "dfout-lra-\($0)" }
    let others = ["dfout-scifar", "dfout-pscifar", "dfout-speech-commands", "dfout-bidmc-hr", "dfout-bidmc-rr", "dfout-bidmc-spo2"]
    for id in tasks.flatMap({ task in models.map { task + $0 } })
      + others.flatMap({ task in (models + ["-token", "-rndimag", "-batched"]).map { task + $0 } })
      + (tasks + others + ["dfout-lra-pathx256"]).map({ $0 + "-unit-input" })
      + ["dfout-lra-image-fixed-input", "dfout-scifar-fixed-input", "dfout-scifar-token-half", "dfout-scifar-batched-half-plane"]
    { #expect(ids.contains(id), "\(id)") }
  }

  @Test("reduced runs take at most 10 minutes, and members of grids 3") func reducedHours() throws {
    let grids: Set = ["ablation", "delay", "sensitivity"]
    for experiment in try ExperimentCatalogue.load().experiments(at: .reduced) {
      let minutes = grids.contains(experiment.group) || experiment.task == "scifar-cut" ? 3.0 : 10
      #expect(experiment.expectedHours * 60 <= minutes + 1e-9, "\(experiment.id)")
    }
  }

  @Test("settings of a grid are the decided ones") func grids() {
    let sensitivity = Self.experiments.filter { $0.group == "sensitivity" && $0.paper == "dfout" }
    let byModel = Dictionary(grouping: sensitivity) { "\($0.task) \($0.method)" }
    // PathX-256 has DFouT alone.
    #expect(byModel.count == 6 * 4 + 1)
    for (name, members) in byModel {
      #expect(members.compactMap { Self.numbers(of: $0)["maximum"] }.sorted() == [0.003, 0.01, 0.03, 0.1, 0.3], "\(name)")
      #expect(members.allSatisfy { Self.numbers(of: $0)["minimum"] == 0.001 }, "\(name)")
    }
    let initializations = Self.experiments.filter { $0.group == "sensitivity" && $0.paper == "hope" }.map { experiment -> String in
      guard case .diagonal(let layer)? = experiment.configuration.model.blocks?.layer else { return experiment.id }
      return "\(layer.initialization) \(layer.poleLearningRate)"
    }
    #expect(initializations.sorted() == ["legS", "linear", "random"].flatMap { ["\($0) 0.001", "\($0) 0.01"] })
    let ablation = Self.experiments.filter { $0.group == "ablation" }.map { Self.filter(of: $0) }
    #expect(Set(ablation) == Set([0.3, 1, 3, 10].flatMap { scale in [-0.5, 0, 0.5, 1].map { [scale, $0] } }))
  }

  /// α and β.
  private static func filter(of experiment: Experiment) -> [Double] {
    guard case .diagonal(let layer)? = experiment.configuration.model.blocks?.layer else { return [] }
    return [layer.frequencyScale ?? 1, layer.filter?.exponent ?? 0]
  }

  private static func matches(_ id: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return id == pattern }
    guard id.hasPrefix(first), id.hasSuffix(last), id.count >= first.count + last.count else { return false }
    var rest = id.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }

  /// By the names of the list.
  private static func numbers(of experiment: Experiment) -> [String: Double] {
    let training = experiment.configuration.training
    var numbers = [
      "batch": Double(training.batchSize), "epochs": Double(training.epochs), "rate": training.optimizer.learningRate,
      "weightDecay": training.optimizer.weightDecay,
    ]
    guard let model = experiment.configuration.model.blocks else { return numbers }
    (numbers["layers"], numbers["width"], numbers["dropout"]) = (Double(model.layerCount), Double(model.modelWidth), model.dropout)
    (numbers["minimum"], numbers["maximum"]) = (model.layer.initialRange.lowerBound, model.layer.initialRange.upperBound)
    return numbers
  }
}
