import Documents
import Foundation
import RunSupport
import Runs
import TestSupport
import Testing

/// `train-model` and `evaluate-model` as processes that compute on the plugin for processors.
@Suite(.needsPlugin, .serialized, .temporaryFolder) struct TrainOnDeviceTests {
  private static let epochs = 60

  private func arguments(_ name: String) throws -> [String] {
    let configuration = folder + "/configuration.json"
    try AtomicFile.write(
      """
      {"id": "test", "preset": "smoke",
       "data": {"family": "generated", "variant": "waves", "parameters":
         {"sequenceLength": 32, "train": 12, "validation": 4, "test": 4, "seed": 1}},
       "model": {"pipeline": "lightning", "layerCount": 1, "modelWidth": 4, "normalization": "batch", "prenorm": true, "dropout": 0.2,
         "tiedDropout": true, "pooling": "mean",
         "layer": {"kind": "diagonal", "form": "minimal", "initialization": "linear", "stateSize": 4, "discretization": "zeroOrderHold",
           "timestepTransform": "log", "timestepMinimum": 0.01, "timestepMaximum": 0.5, "bidirectional": true, "poleLearningRate": 0.001}},
       "training": {"batchSize": 4, "epochs": \(Self.epochs),
         "optimizer": {"learningRate": 0.01, "weightDecay": 0.05, "decaysBiasesAndNorms": false}, "schedule": {"kind": "constant"}}}
      """, to: configuration)
    return ["--configuration", configuration, "--seed", "3", "--output", "\(folder)/\(name)", "--threads", "1", "--device", "cpu"]
  }

  /// Everything that the last checkpoint holds but the seconds, and what the epochs reached.
  private func results(_ name: String) throws -> [Data] {
    let checkpoint = "\(folder)/\(name)/checkpoints/epoch-\(String(format: "%04d", Self.epochs))-batch-000000"
    let files = try FileManager.default.contentsOfDirectory(atPath: checkpoint).filter { $0.hasSuffix(".safetensors") }.sorted()
    #expect(files.contains("model.safetensors"))
    let table = try CSVTable(fromFile: "\(folder)/\(name)/metrics.csv", fix: "-")
    let metrics = table.rows.map { $0.dropLast().joined(separator: ",") }.joined(separator: "\n")
    return try files.map { try Data(contentsOf: URL(fileURLWithPath: "\(checkpoint)/\($0)")) } + [Data(metrics.utf8)]
  }

  @Test("a run killed in the middle ends with the bits of an uninterrupted one") func killed() throws {
    let whole = try arguments("whole")
    try BuiltTool.succeed("train-model", whole)
    let cut = try RunningTool("train-model", arguments("cut"))
    let deadline = Date().addingTimeInterval(60)
    func log() -> String { (try? String(contentsOfFile: folder + "/cut/log.jsonl", encoding: .utf8)) ?? "" }
    while !log().contains("\"event\":\"checkpoint\"") && Date() < deadline { usleep(1000) }
    cut.send(SIGKILL)
    #expect(cut.finish().status == -SIGKILL)
    #expect(!FileManager.default.fileExists(atPath: folder + "/cut/summary.json"))
    let resumed = try BuiltTool.succeed("train-model", arguments("cut"))
    #expect(resumed.errors.contains("continuing after epoch"), "\(resumed.errors)")
    #expect(try results("cut") == results("whole"))
    #expect(try RunSummary(inFolder: folder + "/cut").testLoss == RunSummary(inFolder: folder + "/whole").testLoss)
    try measure(folder + "/whole")
  }

  @Test("an impossible share of memory is refused before anything is written") func share() throws {
    try BuiltTool.refuse(
      "train-model", arguments("run") + ["--device-memory", "1.5"], status: 78, "impossible share of a device's memory '1.5'")
    #expect(!FileManager.default.fileExists(atPath: folder + "/run"))
  }

  /// Weights of the run are measured on its device in silence, and on another with a word.
  private func measure(_ run: String) throws {
    struct Evaluation: Decodable {
      var loss: Double
      var device: String?
    }
    let summary = try RunSummary(inFolder: run)
    let weights = try #require(summary.files?.keys.first { $0.hasSuffix(".safetensors") })
    for (device, line) in [(["--device", "cpu"], "cpu, fp32"), ([], nil)] {
      let measured = try BuiltTool.succeed(
        "evaluate-model", ["--configuration", "\(run)/configuration.json", "--weights", "\(run)/\(weights)"] + device)
      let evaluation = try JSONDecoder().decode(Evaluation.self, from: Data(measured.output.utf8))
      #expect(evaluation.device == line && abs(evaluation.loss / summary.testLoss - 1) < 1e-4)
      let perturbed = try BuiltTool.succeed(
        "evaluate-model", ["perturb", "--run", run, "--size", "0.01", "--draws", "1", "--output", folder + "/changed.csv"] + device)
      for errors in [measured.errors, perturbed.errors] {
        #expect(errors.contains("test seed 3: trained on cpu, fp32, measured on our own engine") == device.isEmpty, "\(errors)")
      }
    }
  }
}
