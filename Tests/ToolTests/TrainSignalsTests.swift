import Foundation
import RunSupport
import TestSupport
import Testing

/// Vital signs from the files of a release to an evaluated model, as processes.
@Suite(.temporaryFolder) struct TrainSignalsTests {
  private struct Summary: Decodable {
    var metric: String
    var value: Double
    var chance: Double
    var testCount: Int
    var testLoss: Double
  }

  private struct Evaluation: Decodable {
    var metric: String
    var value: Double
    var count: Int
  }

  /// Records whose target is the mean of both signals, each of the 4,000 steps that the tool expects.
  private static func table(_ records: Range<Int>) -> Data {
    let header = "@problemName BIDMC32HR\n@timeStamps false\n@dimensions 2\n@seriesLength 4000\n@data\n"
    let lines = records.map { record in
      let values = Array(repeating: "\(record % 7)", count: 4000).joined(separator: ",")
      return "\(values):\(values):\(record % 7)\n"
    }
    return Data((header + lines.joined()).utf8)
  }

  private static let configuration = """
    {"id": "test", "preset": "smoke", "data": {"family": "bidmc", "variant": "hr"},
     "model": {"pipeline": "lightning", "layerCount": 1, "modelWidth": 2, "normalization": "layer", "prenorm": true, "dropout": 0,
       "tiedDropout": true, "pooling": "mean",
       "layer": {"kind": "diagonal", "form": "minimal", "initialization": "linear", "stateSize": 4, "discretization": "zeroOrderHold",
         "timestepTransform": "log", "timestepMinimum": 0.001, "timestepMaximum": 0.1, "bidirectional": false, "poleLearningRate": 0.001}},
     "training": {"batchSize": 2, "epochs": 2, "optimizer": {"learningRate": 0.01, "weightDecay": 0, "decaysBiasesAndNorms": false},
       "schedule": {"kind": "constant"}}}
    """

  @Test("a heart rate is learnt from the released tables; the error is the root of the mean square, and an evaluation agrees")
  func heartRate() throws {
    let prepared = folder + "/prepared/bidmc/hr"
    let raw = folder + "/raw"
    for (name, records) in [("BIDMC32HR_TRAIN.ts", 0..<7), ("BIDMC32HR_TEST.ts", 7..<10)] {
      try AtomicFile.write(Self.table(records), to: "\(raw)/\(name)")
    }
    let sources = folder + "/sources.yaml"
    let files = ["TRAIN", "TEST"].map { "{name: BIDMC32HR_\($0).ts, hash: none published}" }.joined(separator: ", ")
    try AtomicFile.write("bidmc: {title: t, home: h, licence: l, byHand: b, files: [\(files)]}", to: sources)
    try BuiltTool.succeed("prepare-bidmc", ["download", "--task", "hr", "--raw", raw, "--sources", sources])
    try BuiltTool.succeed("prepare-bidmc", ["preprocess", "--task", "hr", "--raw", raw, "--output", prepared])
    try AtomicFile.write(Self.configuration, to: folder + "/c.json")
    let common = ["--configuration", folder + "/c.json", "--data", folder + "/prepared"]
    try BuiltTool.succeed("train-model", common + ["--seed", "1", "--output", folder + "/run"])
    let summary = try JSONText.decode(Summary.self, fromFile: folder + "/run/summary.json", madeBy: "the test again")
    #expect(summary.metric == "rmse" && summary.testCount == 2 && summary.value > 0 && summary.chance > 0)
    #expect(abs(summary.value - summary.testLoss.squareRoot()) < 1e-12)
    let checkpoints = folder + "/run/checkpoints"
    let best = try #require(try FileManager.default.contentsOfDirectory(atPath: checkpoints).filter { $0.hasPrefix("best-") }.max())
    let evaluated = try BuiltTool.succeed("evaluate-model", common + ["--weights", "\(checkpoints)/\(best)"])
    let evaluation = try JSONDecoder().decode(Evaluation.self, from: Data(evaluated.output.utf8))
    #expect(evaluation.metric == "rmse" && evaluation.count == 2 && evaluation.value == summary.value)
  }
}
