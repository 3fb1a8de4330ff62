import Foundation
import RunSupport
import TestSupport
import Testing

/// `train-model` and `evaluate-model` as processes on every kind of task.
@Suite(.serialized, .temporaryFolder) struct TrainTaskTests {
  private struct Summary: Decodable {
    struct Probe: Decodable {
      var name: String
      var value: Double
      var inputLoss: Double?
      var errorVariance: Double?
    }

    var metric: String
    var value: Double
    var chance: Double
    var testCount: Int
    var testLoss: Double
    var bestEpoch: Int
    var dataCards: [[String: String]]
    var probes: [Probe]?
    var outputErrors: [Double]?
    var errorVariance: Double?
    var outputErrorVariances: [Double]?
  }

  private struct Evaluation: Decodable {
    var metric: String
    var value: Double
    var loss: Double
    var errorVariance: Double?
  }

  private static let blocks = """
    {"pipeline": "lightning", "layerCount": 2, "modelWidth": 8, "normalization": "layer", "prenorm": true, "dropout": 0,
     "tiedDropout": true, "pooling": "mean",
     "layer": {"kind": "diagonal", "form": "minimal", "initialization": "linear", "stateSize": 4, "discretization": "zeroOrderHold",
       "timestepTransform": "log", "timestepMinimum": 0.01, "timestepMaximum": 0.5, "bidirectional": true, "poleLearningRate": 0.001}}
    """

  private static let waves = """
    {"family": "generated", "variant": "waves", "parameters":
      {"sequenceLength": 256, "train": 32, "validation": 8, "test": 8, "seed": 1}}
    """

  /// Trains one configuration for two epochs and returns the folder's summary.
  private func train(data: String, model: String, training: String = "") throws -> Summary {
    try AtomicFile.write(
      """
      {"id": "test", "preset": "smoke", "data": \(data), "model": \(model),
       "training": {"batchSize": 8, "epochs": 2, "optimizer": {"learningRate": 0.01, "weightDecay": 0, "decaysBiasesAndNorms": false},
         "schedule": {"kind": "constant"}\(training)}}
      """, to: folder + "/configuration.json")
    let rest = ["--seed", "1", "--output", folder + "/run", "--data", folder + "/prepared"]
    let result = try BuiltTool.succeed("train-model", ["--configuration", folder + "/configuration.json"] + rest)
    // The resolved configuration in the run's folder is read again to the same text.
    let again = try BuiltTool.succeed("train-model", ["--configuration", folder + "/run/configuration.json"] + rest)
    #expect(again.output == result.output)
    return try JSONText.decode(Summary.self, fromFile: folder + "/run/summary.json", madeBy: "the test again")
  }

  private func evaluate(_ more: [String] = []) throws -> (result: ProcessResult, evaluation: Evaluation?) {
    let checkpoints = folder + "/run/checkpoints"
    let best = try FileManager.default.contentsOfDirectory(atPath: checkpoints).filter { $0.hasPrefix("best-") }.max() ?? ""
    let result = try BuiltTool.run(
      "evaluate-model",
      ["--configuration", folder + "/run/configuration.json", "--weights", "\(checkpoints)/\(best)", "--data", folder + "/prepared"] + more)
    return (result, try? JSONDecoder().decode(Evaluation.self, from: Data(result.output.utf8)))
  }

  private func prepare(_ tool: String, _ path: String, _ arguments: [String]) throws {
    try BuiltTool.succeed(tool, ["preprocess"] + arguments + ["--output", "\(folder)/prepared/\(path)"])
  }

  @Test("pairs of documents are classified") func retrieval() throws {
    try prepare(
      "prepare-lra",
      "lra/retrieval-generated-maximumLength-60-minimumLength-20-seed-1-test-20-train-60-validation-20",
      [
        "--task", "retrieval", "--source", "generated", "--train", "60", "--validation", "20", "--test", "20", "--minimum-length", "20",
        "--maximum-length", "60", "--seed", "1",
      ])
    let data = """
      {"family": "lra", "variant": "retrieval-generated", "parameters":
        {"train": 60, "validation": 20, "test": 20, "minimumLength": 20, "maximumLength": 60, "seed": 1}}
      """
    let summary = try train(data: data, model: Self.blocks)
    #expect(summary.metric == "accuracy" && summary.testCount == 20 && (0...1).contains(summary.value))
    #expect(summary.errorVariance == nil, "an accuracy gives its own")
    let refused = try evaluate(["--sampling-rate", "2"]).result
    #expect(refused.status == 78 && refused.errors.contains("tokens have no sampling rate"), "\(refused.errors)")
  }

  @Test("a run is measured with changed systems: its files stay, the first row is its result, and the same seed gives the same file")
  func perturbation() throws {
    let hope = """
      {"kind": "hankel", "directions": "forward", "markovCount": 4, "timestepTransform": "log", "timestepMinimum": 0.1,
       "timestepMaximum": 1}
      """
    let start = Self.blocks.range(of: "{\"kind\"")?.lowerBound ?? Self.blocks.endIndex
    for model in [Self.blocks, "\(Self.blocks[..<start])\(hope)}"] {
      try? FileManager.default.removeItem(atPath: folder + "/run")
      let summary = try train(data: Self.waves, model: model)
      let before = try contents(of: folder + "/run")
      let arguments = ["perturb", "--run", folder + "/run", "--draws", "2", "--size", "0.01", "--size", "0.1", "--output"]
      for name in ["first.csv", "second.csv"] {
        let result = try BuiltTool.run("evaluate-model", arguments + ["\(folder)/\(name)"])
        try #require(result.status == 0, "\(result.errors)")
        #expect(result.output.isEmpty && result.errors.contains("5 draws"), "\(result.errors)")
      }
      let text = try String(contentsOfFile: folder + "/first.csv", encoding: .utf8)
      #expect(try String(contentsOfFile: folder + "/second.csv", encoding: .utf8) == text)
      let rows = text.split(separator: "\n").map { $0.split(separator: ",") }
      #expect(rows.count == 1 + 1 + 2 * 2 && rows[1][0] == "0.0" && rows[1][3] == "\(summary.value)")
      #expect(try contents(of: folder + "/run") == before)
    }
    let missing = try BuiltTool.run("evaluate-model", ["perturb", "--run", folder + "/nowhere"])
    #expect(missing.status == 66 && missing.errors.contains("error: there is no finished run"), "\(missing.errors)")
    for wrong in [[], ["--run", "a", "--size", "1"], ["--run", "a", "--draws", "0"], ["--weights", "a"]] {
      #expect(try BuiltTool.run("evaluate-model", ["perturb"] + wrong).status == 64, "\(wrong)")
    }
  }

  /// Every file below a folder, by its path.
  private func contents(of folder: String) throws -> [String: Data] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).reduce(into: [:]) {
      $0[$1] = FileManager.default.contents(atPath: "\(folder)/\($1)")
    }
  }

  @Test("amplitudes of waves are found; no file is prepared; errors of each wave are written") func wavesRegressor() throws {
    let model = """
      {"kind": "wavesRegressor", "modelWidth": 4, "modeCount": 2, "frequencyScale": 10, "filterExponent": 0.5,
       "filterWeighting": "binsOver10000", "decayLearningRate": 0.001, "frequencyLearningRate": 0.1}
      """
    let summary = try train(data: Self.waves, model: model)
    #expect(summary.metric == "mae" && summary.testCount == 8 && summary.chance > 0.1 && summary.chance < 0.4)
    #expect(summary.dataCards.first?["path"] == "generated/waves-seed-1-sequenceLength-256-test-8-train-32-validation-8")
    #expect(summary.dataCards.first?["sha256"]?.count == 64)
    let outputErrors = summary.outputErrors ?? []
    #expect(outputErrors.count == 4 && abs(outputErrors.reduce(0, +) / 4 - summary.value) < 1e-9)
    let errors = try String(contentsOfFile: folder + "/run/errors.csv", encoding: .utf8).split(separator: "\n")
    #expect(errors.count == 1 + 2 * 4 && errors[0] == "epoch,output,validation_absolute_error,test_absolute_error")
    // The weights of the best epoch had the errors of the summary.
    let best = errors.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }.filter { $0[0] == Double(summary.bestEpoch) }
    #expect(best.count == 4 && zip(best, outputErrors).allSatisfy { abs($0[3] - $1) < 1e-5 * $1 }, "\(best) \(outputErrors)")
    let metrics = try String(contentsOfFile: folder + "/run/metrics.csv", encoding: .utf8)
    #expect(metrics.hasPrefix("epoch,step,learning_rate,train_loss,train_mae,validation_loss,validation_mae,seconds\n1,4,"))
    let poles = try String(contentsOfFile: folder + "/run/poles.csv", encoding: .utf8).split(separator: "\n")
    #expect(poles.count == 1 + 4 * 2 && poles[1].hasPrefix("1,1,-0.5,40.84070"))
    func fields(_ lines: [Substring]) -> [[Substring]] { lines.map { $0.split(separator: ",") } }
    let trajectories = try String(contentsOfFile: folder + "/run/pole-trajectories.csv", encoding: .utf8).split(separator: "\n")
    #expect(trajectories[0] == "epoch,channel,mode,real,imaginary")
    let ways = fields(Array(trajectories[1...]))
    #expect(ways.map { $0[0] } == ["0", "1", "2"].flatMap { Array(repeating: $0, count: 4 * 2) })
    // They begin where poles.csv begins and are at its end in the epoch whose weights are kept.
    for (epoch, columns) in [(0, 2...3), (summary.bestEpoch, 4...5)] {
      let expected = fields(Array(poles[1...])).map { Array($0[..<2] + $0[columns]) }
      #expect(ways.filter { $0[0] == "\(epoch)" }.map { Array($0[1...]) } == expected, "epoch \(epoch)")
    }
    #expect(ways[0...7].map { $0[4] } != ways[8...15].map { $0[4] })
    let (result, evaluation) = try evaluate()
    #expect(result.status == 0 && evaluation?.value == summary.value && evaluation?.metric == "mae", "\(result.errors)")
    #expect((summary.errorVariance ?? 0) > 0 && evaluation?.errorVariance == summary.errorVariance)
    #expect(summary.outputErrorVariances?.count == 4)
    #expect(try evaluate(["--split", "validation"]).evaluation?.errorVariance == nil)
    let refused = try evaluate(["--layers", "1"]).result
    #expect(refused.status == 78 && refused.errors.contains("belong to models of blocks"), "\(refused.errors)")
  }

  @Test("probes of a run are the evaluations with the same options") func probes() throws {
    let probes = """
      , "probes": [{"name": "half", "samplingRate": 2}, {"name": "short", "kernelLength": 16}, {"name": "first", "layerCount": 1}]
      """
    let summary = try train(data: Self.waves, model: Self.blocks, training: probes)
    #expect(summary.metric == "rmse" && abs(summary.value * summary.value - summary.testLoss) < 1e-9)
    #expect(summary.probes?.map(\.name) == ["half", "short", "first"])
    let options = [["--sampling-rate", "2"], ["--kernel-length", "16"], ["--layers", "1"]]
    for (probe, option) in zip(summary.probes ?? [], options) {
      let evaluation = try evaluate(option).evaluation
      #expect(evaluation?.value == probe.value && evaluation?.errorVariance == probe.errorVariance, "\(probe.name)")
      #expect((probe.errorVariance ?? 0) > 0)
      #expect(probe.value != summary.value, "\(probe.name)")
    }
    #expect(try evaluate(["--layers", "3"]).result.status == 78)
    #expect(try evaluate(["--layers", "0"]).result.status == 64)
  }

  @Test("a model may be trained through a probe, and is evaluated through it") func trainedProbe() throws {
    let probe = """
      , "probe": {"kernelLength": 16, "layerCount": 1}, "probes": [{"name": "same"}, {"name": "long", "kernelLength": 256}]
      """
    let summary = try train(data: Self.waves, model: Self.blocks, training: probe)
    #expect(try evaluate().evaluation?.value == summary.value)
    let long = try evaluate(["--kernel-length", "256"]).evaluation?.value
    #expect(long != summary.value && summary.probes?.map { Optional($0.value) } == [summary.value, long])
    let kernels = try String(contentsOfFile: folder + "/run/kernels.csv", encoding: .utf8).split(separator: "\n")
    // One layer, two directions, 16 lags.
    #expect(kernels.count == 1 + 2 * 16)
  }

  @Test("sequences are delayed", arguments: ["linear", "inverse", "legS", "undampedFourier", "dampedFourier"]) func delay(
    initialization: String
  ) throws {
    let data = """
      {"family": "generated", "variant": "delay", "parameters":
        {"sequenceLength": 48, "lag": 8, "train": 64, "validation": 16, "test": 16, "seed": 1}}
      """
    let model = """
      {"kind": "delay", "initialization": "\(initialization)", "modeCount": 16, "modelWidth": 1, "timestep": 0.1,
       "poleLearningRate": 0, "timestepLearningRate": 0}
      """
    let summary = try train(data: data, model: model)
    #expect(summary.metric == "mse" && summary.value == summary.testLoss && summary.chance > 0.05)
  }

  @Test("clean pictures are reproduced, striped ones tested") func denoiser() throws {
    try prepare(
      "prepare-celeba", "celeba/generated-height-32-seed-1-test-8-train-16-validation-8-width-16",
      [
        "--source", "generated", "--height", "32", "--width", "16", "--train", "16", "--validation", "8", "--test", "8", "--seed", "1",
      ])
    let data = """
      {"family": "celeba", "variant": "generated", "parameters":
        {"height": 32, "width": 16, "train": 16, "validation": 8, "test": 8, "seed": 1}}
      """
    let model = """
      {"kind": "denoiser", "modeCount": 8, "frequencyStep": 3.14159, "filterExponent": 1, "filterWeighting": "binsOver10000"}
      """
    let probes = """
      , "probes": [{"name": "vertical", "stripes": "vertical", "magnitude": 0.5}, {"name": "horizontal", "stripes": "horizontal",
        "magnitude": 0.5}]
      """
    let summary = try train(data: data, model: model, training: probes)
    #expect(summary.metric == "mse" && summary.testCount == 8)
    #expect(summary.probes?.count == 2)
    for probe in summary.probes ?? [] {
      // m·U·cos of strength 0.5 after division by 0.5: E[U²]·E[cos²] = 1/6, 24 strengths.
      #expect(abs((probe.inputLoss ?? 0) - 1.0 / 6) < 0.1, "\(probe)")
      #expect(probe.value != summary.value)
    }
    let lines = try String(contentsOfFile: folder + "/run/pictures.csv", encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",")
    }
    #expect(lines.count == 1 + 32 * 16 && lines[0].count == 2 + 6 * 3 && lines[0][2] == "clean-red" && lines[0][8] == "vertical-red")
    let numbers = lines.dropFirst().map { $0.compactMap { Int($0) } }
    #expect(numbers.allSatisfy { $0.count == 20 && $0[2...].allSatisfy { (0...255).contains($0) } })
    // Vertical stripes are the same in every row, but for colours that end at 0 or 255 and rounding.
    for column in 0..<16 {
      let stripes = numbers.filter { $0[1] == column && (1...254).contains($0[8]) }.map { $0[8] - $0[2] }
      #expect((stripes.max() ?? 0) - (stripes.min() ?? 0) <= 2, "column \(column)")
    }
    #expect(numbers.contains { $0[8] != $0[2] })
  }

  @Test("a model that cannot learn the samples is refused with what to change") func misfit() throws {
    let text = """
      {"id": "test", "preset": "smoke", "data": \(Self.waves),
       "model": {"kind": "delay", "initialization": "linear", "modeCount": 16, "modelWidth": 1, "timestep": 0.1,
         "poleLearningRate": 0, "timestepLearningRate": 0},
       "training": {"batchSize": 8, "epochs": 2, "optimizer": {"learningRate": 0.01, "weightDecay": 0, "decaysBiasesAndNorms": false},
         "schedule": {"kind": "constant"}}}
      """
    func expectRefusal(of text: String, _ message: String) throws {
      try AtomicFile.write(text, to: folder + "/c.json")
      let arguments = ["--configuration", folder + "/c.json", "--seed", "1", "--output", folder + "/run"]
      try BuiltTool.refuse("train-model", arguments, status: 78, message)
    }
    func expectRefusal(_ old: String, _ new: String, _ message: String) throws {
      try expectRefusal(of: text.replacingOccurrences(of: old, with: new), message)
    }
    try expectRefusal("", "", "cannot learn generated/waves")
    try expectRefusal("\"kind\": \"delay\"", "\"kind\": \"dealy\"", "did you mean `delay`?")
    try expectRefusal("\"seed\": 1}", "\"sead\": 1}", "did you mean `seed`?")
    try expectRefusal("\"variant\": \"waves\"", "\"variant\": \"wave\"", "did you mean `waves`?")
    try expectRefusal("\"train\": 32", "\"train\": 20000", "it must be from 1 to 10000")
    try expectRefusal("\"modeCount\": 16", "\"modeCount\": 0", "from 1 to 65536 modes")
    try expectRefusal("\"timestep\": 0.1", "\"timestep\": 0.1, \"inputFactor\": \"unit\"", "of linear poles zero-order hold gives B̄")
    try expectRefusal(
      of: text.replacingOccurrences(of: #""linear""#, with: #""undampedFourier""#)
        .replacingOccurrences(of: #""timestepLearningRate": 0"#, with: #""timestepLearningRate": 0.1"#),
      "without damping Δ is a constant gain")
    let model = try #require(text.firstRange(of: /{"kind": "delay"[^}]*}/))
    let denoiser = #"{"kind": "denoiser", "modeCount": 8, "frequencyStep": 3, "filterExponent": 1, "filterWeighting": "binsOver10000"}"#
    try expectRefusal(String(text[model]), denoiser, "a model of kind denoiser cannot learn generated/waves")
    let blocks = text.replacingOccurrences(of: text[model], with: Self.blocks)
    try expectRefusal(
      of: blocks.replacingOccurrences(of: "waves", with: "delay").replacingOccurrences(of: "\"train\"", with: "\"lag\": 8, \"train\""),
      "a model of kind blocks cannot learn generated/delay")
    let striped = #""batchSize": 8, "probes": [{"name": "a", "stripes": "vertical", "magnitude": 1}]"#
    try expectRefusal(of: blocks.replacingOccurrences(of: #""batchSize": 8"#, with: striped), "stripes are for denoisers")
  }
}
