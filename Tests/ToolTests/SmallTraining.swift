import RunSupport
import TestSupport
import Testing

/// A training of a moment on samples made on the fly, under conditions that a shell sets.
struct SmallTraining {
  let configuration: String
  let output: String

  init(in folder: String, modelWidth: Int = 2, modeCount: Int = 2) throws {
    (configuration, output) = (folder + "/configuration.json", folder + "/run")
    try AtomicFile.write(
      """
      {"id": "test", "preset": "smoke",
       "data": {"family": "generated", "variant": "waves",
         "parameters": {"sequenceLength": 64, "train": 8, "validation": 4, "test": 4, "seed": 1}},
       "model": {"kind": "wavesRegressor", "modelWidth": \(modelWidth), "modeCount": \(modeCount), "frequencyScale": 1, "filterExponent": 0,
         "filterWeighting": "binsOver10000", "decayLearningRate": 0.001, "frequencyLearningRate": 0.1},
       "training": {"batchSize": 4, "epochs": 1, "optimizer": {"learningRate": 0.001, "weightDecay": 0, "decaysBiasesAndNorms": true},
         "schedule": {"kind": "constant"}}}
      """, to: configuration)
  }

  /// Runs it by a line of a shell, in which `"$@"` is the command.
  func run(_ shell: String = "\"$@\"", environment: [String: String] = [:], _ more: [String] = []) throws -> ProcessResult {
    try ProcessResult.run(
      "/bin/bash",
      ["-c", shell, "bash", BuiltTool.path("train-model"), "--configuration", configuration, "--seed", "1", "--output", output] + more,
      environment: environment)
  }

  func summary() throws -> Summary { try JSONText.decode(Summary.self, fromFile: output + "/summary.json", madeBy: "the test again") }

  struct Summary: Decodable {
    var fingerprint: String
    var testLoss: Double
  }
}
