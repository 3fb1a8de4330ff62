import Foundation
import RunSupport
import TestSupport
import Testing

/// Prepared data of short expressions and the resolved configuration of a small classifier, with batch norm and dropout.
struct ListOpsBench {
  static let preparedName = "lra/listops-generated-maximumLength-40-minimumLength-10-seed-1-test-60-train-400-validation-60"

  var configuration: String { folder + "/configuration.json" }
  var prepared: String { folder + "/prepared" }

  /// - Parameter shards: parts of a batch; nil leaves it whole.
  init(epochs: Int = 3, learningRate: String = "0.01", shards: Int? = nil) throws {
    let made = try BuiltTool.run(
      "prepare-lra",
      [
        "preprocess", "--task", "listops", "--source", "generated", "--train", "400", "--validation", "60", "--test", "60",
        "--minimum-length", "10", "--maximum-length", "40", "--seed", "1", "--output", "\(prepared)/\(Self.preparedName)",
      ])
    try #require(made.status == 0, "\(made.errors)")
    try configure(epochs: epochs, learningRate: learningRate, shards: shards)
  }

  /// Writes the configuration anew.
  func configure(epochs: Int = 3, learningRate: String = "0.01", shards: Int? = nil) throws {
    try AtomicFile.write(
      """
      {"id": "test", "preset": "smoke",
       "data": {"family": "lra", "variant": "listops-generated", "limits": {}, "parameters":
         {"train": 400, "validation": 60, "test": 60, "minimumLength": 10, "maximumLength": 40, "seed": 1}},
       "model": {"pipeline": "lightning", "layerCount": 1, "modelWidth": 8, "normalization": "batch", "prenorm": true, "dropout": 0.1,
         "tiedDropout": true, "pooling": "mean",
         "layer": {"kind": "diagonal", "form": "full", "initialization": "linear", "stateSize": 4, "systemCount": 8, "discretization": "zeroOrderHold",
           "timestepTransform": "softplus", "timestepMinimum": 0.01, "timestepMaximum": 0.5, "bidirectional": true,
           "poleLearningRate": 0.001}},
       "training": {"batchSize": 8, \(shards.map { "\"shards\": \($0), " } ?? "")"paddingMultiple": 16, "epochs": \(epochs),
         "optimizer": {"learningRate": \(learningRate), "weightDecay": 0.05, "decaysBiasesAndNorms": false},
         "schedule": {"kind": "cosineOverSteps", "warmup": 5, "total": 500}}}
      """, to: configuration)
  }

  func output(_ name: String) -> String { folder + "/runs/" + name }

  func arguments(_ name: String, _ more: [String] = []) -> [String] {
    ["--configuration", configuration, "--seed", "3", "--output", output(name), "--data", prepared, "--threads", "1"] + more
  }

  /// Of the newest checkpoint.
  func weights(_ name: String) throws -> Data {
    let checkpoints = output(name) + "/checkpoints"
    let newest = try FileManager.default.contentsOfDirectory(atPath: checkpoints).filter { $0.hasPrefix("epoch-") }.max()
    return try Data(contentsOf: URL(fileURLWithPath: "\(checkpoints)/\(newest ?? "none")/model.safetensors"))
  }

  /// The lines of its epochs, all columns but the seconds.
  func metrics(_ name: String) throws -> [Substring] {
    try String(contentsOfFile: output(name) + "/metrics.csv", encoding: .utf8).split(separator: "\n")
      .map { $0[..<($0.lastIndex(of: ",") ?? $0.endIndex)] }
  }

  /// Waits until the log of a run says that some epoch is done.
  func waitForEpoch(_ name: String) throws {
    let deadline = Date().addingTimeInterval(60)
    while Date() < deadline {
      let log = (try? String(contentsOfFile: output(name) + "/log.jsonl", encoding: .utf8)) ?? ""
      if log.contains("\"event\":\"checkpoint\"") { return }
      usleep(2000)
    }
    Issue.record("the run wrote no checkpoint within a minute")
  }
}
