import Catalogue
import TestSupport
import Testing

/// Sources against what the original files really say, as far as a committed list of facts knows them.
@Suite struct SourceFactsTests {
  private static let catalogue = try? ExperimentCatalogue.load()
  private static let experiments = catalogue?.experiments(at: .paper) ?? []

  /// What is wrong with the source of a value; nil where it is right. `isChecked` says whether a listed file decided it.
  private static func mistake(
    _ origin: ValueOrigin, of experiment: Experiment, width: String, _ facts: SourceFacts
  ) -> (text: String?, isChecked: Bool) {
    let isOverSteps = experiment.configuration.training.schedule.kind == .cosineOverSteps
    guard let text = origin.source?.text, let keys = SourceFacts.keys(of: origin.path, scheduleOverSteps: isOverSteps) else {
      return (nil, false)
    }
    let files = facts.files(named: text)
    // A schedule without a warm-up has no key for it.
    if files.isEmpty || (origin.path == "training.schedule.warmup" && origin.value == "0") { return (nil, false) }
    let isDamping = origin.path == "model.layer.dampingLearningRate"
    let rows = [experiment.task, experiment.group]
    guard let fact = facts.first(keys, in: files, rows: rows, where: { !isDamping || $0 != "null" }) else {
      return ("\(origin.path): none of the named files holds it: \(text)", true)
    }
    let states = text.contains("instead of \(fact.value)")
    if isEqual(origin, to: fact, width: width) == states {
      return ("\(origin.path) is \(origin.value), \(fact.key) is \(fact.value): \(text)", true)
    }
    return (nil, true)
  }

  private static func isEqual(_ origin: ValueOrigin, to fact: SourceFact, width: String) -> Bool {
    switch origin.path {
    // No number of systems means one for each channel.
    case "model.layer.systemCount" where ["null", "d_model"].contains(fact.value): return origin.value == width
    case "training.schedule.halvingEpochs": return fact.value.split(separator: " ").first.map(String.init) == origin.value
    default:
      if let value = Double(fact.value) { return Double(origin.value) == value }
      return SourceFacts.names[fact.value, default: fact.value] == origin.value
    }
  }

  @Test("a value whose source is a listed file is what the file says, or the source says what it is instead of")
  func facts() throws {
    let (catalogue, facts) = (try #require(Self.catalogue), try SourceFacts())
    var checked = 0
    for experiment in Self.experiments {
      let origins = try catalogue.origins(id: experiment.id, preset: .paper)
      let width = origins.first { $0.path == "model.modelWidth" }?.value ?? ""
      for origin in origins {
        let mistake = Self.mistake(origin, of: experiment, width: width, facts)
        #expect(mistake.text == nil, "\(experiment.id), \(origin.place): \(mistake.text ?? "")")
        checked += mistake.isChecked ? 1 : 0
      }
    }
    #expect(checked > 6_000, "only \(checked) values have a source in the list")
  }

  static let sources: [(value: String, text: String, isRight: Bool)] = [
    ("0.01", "state-spaces/s4 configs/experiment/lra/old/v3-s4-cifar.yaml", true),
    ("0.02", "state-spaces/s4 configs/experiment/lra/old/v3-s4-cifar.yaml", false),
    ("0.02", "ours, 0.02 instead of 0.01 of state-spaces/s4 configs/experiment/lra/old/v3-s4-cifar.yaml", true),
    ("0.02", "ours, 0.02 instead of 0.03 of state-spaces/s4 configs/experiment/lra/old/v3-s4-cifar.yaml", false),
    ("0.01", "ours, 0.02 instead of 0.01 of state-spaces/s4 configs/experiment/lra/old/v3-s4-cifar.yaml", false),
    ("0.01", "state-spaces/s4 configs/model/layer/s4.yaml", false), ("0.01", "ours", true),
  ]

  @Test("a wrong value, an untrue deviation and a file without the value are found", .temporaryFolder, arguments: sources)
  func mistakes(_ source: (value: String, text: String, isRight: Bool)) throws {
    let text = """
      base: tiny-listops-s4d-lin
      training: {optimizer: {learningRate: \(source.value)}}
      sources: {training.optimizer.learningRate: "\(source.text)"}
      """
    try makeCatalogue(files: ["tiny/tiny-new.yaml": text])
    let catalogue = try ExperimentCatalogue.load(directory: folder)
    let experiment = try catalogue.resolve(id: "tiny-new", preset: .paper)
    let origin = try #require(
      try catalogue.origins(id: "tiny-new", preset: .paper).first { $0.path == "training.optimizer.learningRate" })
    #expect((Self.mistake(origin, of: experiment, width: "32", try SourceFacts()).text == nil) == source.isRight)
  }

  @Test("each value of a resolved experiment has a source") func sourced() throws {
    let catalogue = try #require(Self.catalogue)
    let sections: Set = ["statistic", "seeds", "data", "model", "training"]
    for experiment in Self.experiments {
      for origin in try catalogue.origins(id: experiment.id, preset: .paper) {
        let section = origin.path.split(separator: ".").first.map(String.init) ?? ""
        if sections.contains(section) { #expect(origin.source?.text.isEmpty == false, "\(experiment.id): \(origin.path)") }
      }
    }
  }
}
