import Catalogue
import Documents
import Exports
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

/// All results as data for other programs.
@Suite(.temporaryFolder) struct ResultFilesTests {
  private static let id = "tiny-listops-s4d-lin"

  private func tiny(_ catalogue: ExperimentCatalogue) throws -> Experiment { try catalogue.resolve(id: Self.id, preset: .smoke) }

  private func write(_ text: String, toRun seed: Int) throws {
    try AtomicFile.write(text, to: "\(folder)/runs/\(Self.id)/smoke/seed-\(seed)/metrics.csv")
  }

  private func exported(_ catalogue: ExperimentCatalogue, _ presets: [Preset] = Preset.allCases) throws
    -> (rows: [[String: String]], lines: [[String: Any]])
  {
    let files = try ResultFiles(presets, catalogue: catalogue, runs: FinishedRuns(results: folder))
    let table = try CSVTable(text: files.csv, path: "results.csv", fix: "")
    let rows = table.rows.map { Dictionary(uniqueKeysWithValues: zip(table.header, $0)) }
    let lines = try files.jsonLines.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    return (rows, lines)
  }

  @Test("a line a number: each epoch, then what the summary says; what is no number is left out") func numbers() throws {
    let catalogue = try ExperimentCatalogue.shared()
    var summary = RunSummary.fixture(try tiny(catalogue), seed: 1, value: 0.625)
    summary.probes = [RunSummary.ProbeResult(name: "8khz", value: 0.25, loss: 2)]
    summary.outputErrors = [0.1, 0.2]
    try summary.write(results: folder)
    try write(
      """
      epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds
      1,10,0.01,nan,0.5,1.25,0.375,2.5

      """, toRun: 1)
    let rows = try exported(catalogue).rows
    #expect(rows.allSatisfy { $0["run"] == "\(Self.id)/smoke/seed-1" && $0["paper"] == "tiny" && $0["standing"] == "current" })
    func values(_ stage: String, _ split: String, _ metric: String, probe: String = "") -> [String?] {
      rows.filter { $0["stage"] == stage && $0["split"] == split && $0["metric"] == metric && $0["probe"] == probe }.map { $0["value"] }
    }
    #expect(values("epoch", "train", "accuracy") == ["0.5"] && values("epoch", "train", "loss") == [])
    #expect(values("epoch", "", "learning_rate") == ["0.01"] && values("epoch", "validation", "loss") == ["1.25"])
    #expect(values("final", "test", "accuracy") == ["0.625"] && values("final", "test", "chance") == ["0.1"])
    #expect(
      values("final", "test", "accuracy", probe: "8khz") == ["0.25"] && values("final", "test", "accuracy", probe: "output 2") == ["0.2"])
    #expect(values("final", "", "parameters") == ["1000.0"])
    let final = try #require(rows.first { $0["stage"] == "final" && $0["split"] == "test" })
    #expect(final["epoch"] == "1" && final["step"] == "10")
    #expect(try exported(catalogue, [.paper, .reduced]).rows.isEmpty)
  }

  @Test("a line a run: summary, configuration and epochs, without hashes of files") func lines() throws {
    let catalogue = try ExperimentCatalogue.shared()
    let experiment = try tiny(catalogue)
    var (own, shipped) = (RunSummary.fixture(experiment, seed: 1, value: 0.25), RunSummary.fixture(experiment, seed: 1, value: 0.75))
    own.files = ["metrics.csv": "00"]
    try own.write(results: folder)
    try shipped.write(results: folder, origin: .shipped)
    shipped.seed = 2
    var other = experiment.configuration
    other.training.epochs += 1
    try shipped.write(results: folder, origin: .shipped, configuration: other)
    shipped.experiment = "gone"
    try shipped.write(results: folder, configuration: other)
    let (rows, lines) = try exported(catalogue)
    #expect(lines.map { $0["run"] as? String } == ["gone/smoke/seed-2"] + [1, 2].map { "\(Self.id)/smoke/seed-\($0)" })
    #expect(lines.map { $0["standing"] as? String } == ["unlisted", "current", "outdated"])
    #expect(lines.map { $0["value"] as? Double } == [0.75, 0.25, 0.75], "of an own and a shipped run the own one")
    #expect(lines.map { $0["origin"] as? String } == ["own", "own", "shipped"])
    #expect(lines[1]["files"] == nil && lines[1]["method"] as? String == "S4D-Lin" && (lines[1]["epochs"] as? [Any])?.isEmpty == true)
    let training = (lines[2]["configuration"] as? [String: Any])?["training"] as? [String: Any]
    #expect(training?["epochs"] as? Int == other.training.epochs)
    // A run without metrics still has its result.
    #expect(rows.filter { $0["metric"] == "accuracy" && $0["split"] == "test" }.map { $0["value"] } == ["0.75", "0.25", "0.75"])
  }

  @Test("metrics that cannot be read are an error that names the file") func damaged() throws {
    let catalogue = try ExperimentCatalogue.shared()
    try RunSummary.fixture(try tiny(catalogue), seed: 1).write(results: folder)
    try write("epoch,step\n1,2\n", toRun: 1)
    let error = stageError { _ = try exported(catalogue) }
    #expect(error?.code == .badData && error?.location.hasSuffix("seed-1/metrics.csv") == true)
  }
}
