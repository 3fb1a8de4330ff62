import Catalogue
import Foundation
import RunFixtures
import Reporting
import RunSupport
import Runs
import Synchronization
import TestSupport
import Testing

/// Every figure of finished runs, as it is declared.
@Suite(.temporaryFolder) struct FigureListTests {
  private static let hasGnuplot = (try? Gnuplot()) != nil

  @Test("names differ, and every figure has its script")
  func scripts() throws {
    let all = FigureList.all(try ExperimentCatalogue.shared())
    #expect(Set(all.map { "\($0.folder)/\($0.name)" }).count == all.count)
    for figure in all {
      #expect(FileManager.default.fileExists(atPath: "\(Fixtures.plottingScripts)/\(figure.scriptPath)"), "\(figure.name)")
    }
  }

  @Test("an unknown name suggests the nearest one")
  func unknownName() throws {
    let catalogue = try ExperimentCatalogue.shared()
    #expect(try FigureList.named(["delay"], catalogue).map(\.name) == ["delay"])
    let error = #expect(throws: StageError.self) { try FigureList.named(["wave-error"], catalogue) }
    #expect(error?.code == .usage && error?.remedy == "did you mean wave-errors?")
  }

  @Test("an empty frame names a command that exists", arguments: [Preset.smoke, .paper])
  func commands(preset: Preset) throws {
    let catalogue = try ExperimentCatalogue.shared()
    let ids = Set(catalogue.ids)
    let tasks = catalogue.all.reduce(into: [String: Set<String>]()) { $0[$1.group, default: []].insert($1.task) }
    for definition in FigureList.all(catalogue) where !definition.experiments(in: catalogue, at: preset).isEmpty {
      let figure = try definition.figure(catalogue, preset: preset, runs: FinishedRuns(results: "nowhere"))
      if figure.isEmpty { continue }
      #expect(!figure.commands.isEmpty, "\(definition.name)")
      for command in figure.commands {
        let words = command.split(separator: " ").map(String.init)
        let values = words.dropFirst(2).reduce(into: [String: String]()) { values, word in
          let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
          values[parts[0]] = parts.count == 2 ? parts[1] : ""
        }
        #expect(words[0] == "make" && values["PRESET"] == preset.rawValue, "\(command)")
        if ["run", "perturb"].contains(words[1]) {
          #expect(ids.contains(values["EXPERIMENT"] ?? ""), "\(definition.name): \(command)")
        } else {
          let group = words[1].replacing("reproduce-", with: "")
          #expect(tasks[group] != nil, "\(definition.name): \(command)")
          if let task = values["TASKS"] { #expect(tasks[group]?.contains(task) == true, "\(definition.name): \(command)") }
        }
      }
    }
  }

  @Test("every script draws its CSV file without a warning", .enabled(if: hasGnuplot, "gnuplot is not installed"), arguments: [0, 2])
  func drawing(seedCount: UInt64) throws {
    let catalogue = try ExperimentCatalogue.shared()
    try Fixtures.copyPlottingScripts(to: folder)
    let definitions = FigureList.all(catalogue).filter { !$0.experiments(in: catalogue, at: .smoke).isEmpty }
    var written: Set<String> = []
    for experiment in definitions.flatMap({ $0.experiments(in: catalogue, at: .smoke) }) where written.insert(experiment.id).inserted {
      for seed in 0..<seedCount { try writeWholeRun(of: experiment, seed: seed + 1, results: folder, lagCount: 40) }
    }
    let runs = FinishedRuns(results: folder)
    #expect(runs.problems.isEmpty)
    for definition in definitions {
      var gnuplot = try Gnuplot()
      let warnings = Mutex<[String]>([])
      gnuplot.warn = { message in warnings.withLock { $0.append(message) } }
      let figure = try definition.figure(catalogue, preset: .smoke, runs: runs)
      if figure.isEmpty { continue }
      #expect(figure.commands.isEmpty == (seedCount > 0), "\(definition.name): \(figure.commands)")
      let files = try figure.write(to: folder, gnuplot: gnuplot)
      let kinds = ["csv", definition.format.rawValue]
      #expect(files.map(\.path) == kinds.map { "\(folder)/\(definition.folder)/\(definition.name)-smoke.\($0)" })
      #expect(warnings.withLock { $0 } == [], "\(definition.name)")
      guard definition.format == .svg else { continue }
      let svg = try String(contentsOfFile: files[1].path, encoding: .utf8)
      #expect(svg.contains("preset\u{A0}smoke") && svg.contains("no run yet") == (seedCount == 0), "\(definition.name)")
      if seedCount > 0 && definition.name == "delay" {
        try FileManager.default.removeItem(atPath: files[1].path)
        #expect(try figure.write(to: folder, gnuplot: gnuplot).map(\.changed) == [false, true])
        #expect(try String(contentsOfFile: files[1].path, encoding: .utf8) == svg, "equal input, other bytes")
      }
    }
  }
}
