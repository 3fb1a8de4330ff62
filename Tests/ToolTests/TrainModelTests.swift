import Foundation
import RunSupport
import TestSupport
import Testing

/// `train-model` as a process: interruption, resume to the same bits, and what it says about bad input.
@Suite(.serialized, .temporaryFolder) struct TrainModelTests {
  @Test("a run killed in the middle ends with the bytes of an uninterrupted one", arguments: [SIGKILL, SIGTERM, SIGINT])
  func sameBits(signal: Int32) throws {
    let bench = try ListOpsBench(epochs: 40)
    try BuiltTool.succeed("train-model", bench.arguments("whole"))
    let cut = try RunningTool("train-model", bench.arguments("cut"))
    try bench.waitForEpoch("cut")
    cut.send(signal)
    let ended = cut.finish()
    #expect(ended.status == [SIGKILL: -SIGKILL, SIGTERM: 75, SIGINT: 130][signal], "\(ended.errors)")
    #expect(!FileManager.default.fileExists(atPath: bench.output("cut") + "/summary.json"))
    let resumed = try BuiltTool.succeed("train-model", bench.arguments("cut"))
    #expect(resumed.errors.contains("continuing after epoch"))
    #expect(try bench.weights("whole") == bench.weights("cut"))
    #expect(try bench.metrics("whole") == bench.metrics("cut"))
  }

  @Test("two processes never train one run at the same time; the lock of a dead one does not count")
  func lock() throws {
    let bench = try ListOpsBench(epochs: 40)
    let first = try RunningTool("train-model", bench.arguments("run"))
    try bench.waitForEpoch("run")
    try BuiltTool.refuse("train-model", bench.arguments("run"), status: 75, "error: another process is training this run")
    first.send(SIGKILL)
    _ = first.finish()
    try BuiltTool.succeed("train-model", bench.arguments("run"))
  }

  @Test("another seed gives other weights, the same seed the same")
  func seeds() throws {
    let bench = try ListOpsBench(epochs: 1)
    func train(_ name: String, seed: String) throws -> Data {
      var arguments = bench.arguments(name)
      arguments[3] = seed
      try BuiltTool.succeed("train-model", arguments)
      return try bench.weights(name)
    }
    let first = try train("a", seed: "3")
    #expect(try train("b", seed: "3") == first)
    #expect(try train("c", seed: "4") != first)
  }

  @Test("a diverging run ends with a clear error and keeps its last good checkpoint")
  func divergence() throws {
    let bench = try ListOpsBench(epochs: 30, learningRate: "1e20")
    try BuiltTool.refuse(
      "train-model", bench.arguments("diverging"), status: 78, "error: training diverged", "fix:   lower the learning rate")
    #expect(!FileManager.default.fileExists(atPath: bench.output("diverging") + "/summary.json"))
  }

  @Test("a run of another configuration, seed or data is moved aside, not continued and not lost")
  func changedIdentity() throws {
    let bench = try ListOpsBench(epochs: 1)
    func runs() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder + "/runs").filter { !$0.hasSuffix(".lock") }.sorted()
    }
    func train(_ arguments: [String]) throws {
      let result = try BuiltTool.succeed("train-model", arguments)
      #expect(result.errors.contains("the earlier run is now in"))
      #expect(!result.errors.contains("continuing"))
      #expect(FileManager.default.fileExists(atPath: bench.output("run") + "/log.jsonl"))
    }
    try BuiltTool.succeed("train-model", bench.arguments("run"))
    try bench.configure(epochs: 2)
    try train(bench.arguments("run"))
    #expect(try runs() == ["run", "run.replaced-1"])
    var otherSeed = bench.arguments("run")
    otherSeed[3] = "4"
    try train(otherSeed)
    let card = "\(bench.prepared)/\(ListOpsBench.preparedName)/card.json"
    let text = try String(contentsOfFile: card, encoding: .utf8)
    try AtomicFile.write(text.replacingOccurrences(of: "\"notes\" : [", with: "\"notes\" : [\"edited\", "), to: card)
    try train(otherSeed)
    #expect(try runs() == ["run", "run.replaced-1", "run.replaced-2", "run.replaced-3"])
  }

  @Test("a finished run is not trained again")
  func finished() throws {
    let bench = try ListOpsBench(epochs: 1)
    let first = try BuiltTool.run("train-model", bench.arguments("run"))
    let second = try BuiltTool.succeed("train-model", bench.arguments("run"))
    #expect(second.output == first.output)
    #expect(second.errors == "")
    let line = try #require(first.output.wholeMatch(of: /test seed 3: test accuracy ([0-9.]+) %, chance ([0-9.]+) %, [0-9]+ s\n/))
    struct Summary: Decodable { var value, chance: Double }
    let json = Data(try BuiltTool.succeed("train-model", bench.arguments("run", ["--json"])).output.utf8)
    #expect(FileManager.default.contents(atPath: bench.output("run") + "/summary.json") == json)
    let summary = try JSONDecoder().decode(Summary.self, from: json)
    #expect(try abs(#require(Double(line.1)) - 100 * summary.value) < 0.051 && abs(#require(Double(line.2)) - 100 * summary.chance) < 0.051)
    #expect(first.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("test seed 3: ") }, "every line names its run: \(first.errors)")
  }

  @Test("a damaged checkpoint, or one whose best weights are gone, is passed over", arguments: ["model.safetensors", "best"])
  func damagedCheckpoint(part: String) throws {
    let bench = try ListOpsBench(epochs: 3)
    try BuiltTool.succeed("train-model", bench.arguments("run"))
    let whole = try bench.weights("run")
    let checkpoints = bench.output("run") + "/checkpoints"
    let names = try FileManager.default.contentsOfDirectory(atPath: checkpoints).sorted()
    if part == "best" {
      for name in names where name.hasPrefix("best-") { try FileManager.default.removeItem(atPath: "\(checkpoints)/\(name)") }
    } else {
      let newest = try #require(names.last { $0.hasPrefix("epoch-") })
      try Data([1, 2, 3]).write(to: URL(fileURLWithPath: "\(checkpoints)/\(newest)/\(part)"))
    }
    try FileManager.default.removeItem(atPath: bench.output("run") + "/summary.json")
    let again = try BuiltTool.succeed("train-model", bench.arguments("run"))
    #expect(!again.errors.contains("continuing after epoch 3"))
    #expect(again.errors.contains("test seed 3: warning: checkpoint epoch-0003-batch-000000 is damaged"), "\(again.errors)")
    #expect(try String(contentsOfFile: bench.output("run") + "/log.jsonl", encoding: .utf8).contains("\"event\":\"damaged checkpoint\""))
    #expect(try bench.weights("run") == whole)
  }

  @Test("data of other parameters, and arrays that differ from the card, are refused")
  func wrongData() throws {
    let bench = try ListOpsBench(epochs: 1)
    let folder = "\(bench.prepared)/\(ListOpsBench.preparedName)"
    var tokens = try Data(contentsOf: URL(fileURLWithPath: folder + "/tokens.npy"))
    tokens[tokens.count - 1] ^= 1
    try tokens.write(to: URL(fileURLWithPath: folder + "/tokens.npy"))
    try BuiltTool.refuse("train-model", bench.arguments("run"), status: 65, "error: tokens.npy is damaged")
    let text = try String(contentsOfFile: folder + "/card.json", encoding: .utf8)
    try AtomicFile.write(text.replacingOccurrences(of: "\"seed\" : 1", with: "\"seed\" : 2"), to: folder + "/card.json")
    try BuiltTool.refuse("train-model", bench.arguments("run"), status: 65, "error: these data are not what the experiment names")
  }

  @Test("weights are evaluated by their own model and refused by another")
  func foreignWeights() throws {
    let bench = try ListOpsBench(epochs: 1)
    try BuiltTool.succeed("train-model", bench.arguments("run"))
    let arguments = [
      "--configuration", bench.configuration, "--data", bench.prepared, "--weights",
      bench.output("run") + "/checkpoints/best-epoch-0001.safetensors",
    ]
    try BuiltTool.succeed("evaluate-model", arguments)
    let text = try String(contentsOfFile: bench.configuration, encoding: .utf8)
    try AtomicFile.write(text.replacingOccurrences(of: "\"modelWidth\": 8", with: "\"modelWidth\": 16"), to: bench.configuration)
    try BuiltTool.refuse("evaluate-model", arguments, status: 65, "error: the weights are of another model")
  }

  @Test("predictions of each sample give the accuracy and loss of the evaluation; changed weights and configurations are refused")
  func predictions() throws {
    let bench = try ListOpsBench(epochs: 1)
    try BuiltTool.succeed("train-model", bench.arguments("run"))
    let best = bench.output("run") + "/checkpoints/best-epoch-0001.safetensors"
    let configuration = bench.output("run") + "/configuration.json"
    let arguments = ["--configuration", configuration, "--data", bench.prepared, "--weights", best, "--predictions"]
    struct Evaluation: Decodable { var loss, value: Double }
    let result = try BuiltTool.succeed("evaluate-model", arguments + [folder + "/answers.csv"])
    let evaluation = try JSONDecoder().decode(Evaluation.self, from: Data(result.output.utf8))
    let rows = BuiltTool.rows(try String(contentsOfFile: folder + "/answers.csv", encoding: .utf8))
    #expect(rows.map { $0["index"] } == (0..<60).map { "\($0)" })
    #expect(rows.count { $0["target"] == $0["prediction"] } == Int((60 * evaluation.value).rounded()))
    let losses = try rows.map { row in try -#require(Double(row["log_probability_\(row["target"] ?? "")"] ?? "")) }
    #expect(abs(losses.reduce(0, +) / 60 - evaluation.loss) < 1e-5)

    try AtomicFile.makeDirectory(folder + "/full.csv/folder")
    try BuiltTool.refuse("evaluate-model", arguments + [folder + "/full.csv"], status: 74, "cannot rename a finished file")
    #expect(try !FileManager.default.contentsOfDirectory(atPath: folder).contains { $0.hasSuffix(".part") })

    // Whole weights, but not those of the run; then a run whose configuration has changed.
    let whole = try Data(contentsOf: URL(fileURLWithPath: best))
    var other = bench.arguments("other")
    other[3] = "4"
    try BuiltTool.succeed("train-model", other)
    let foreign = try Data(contentsOf: URL(fileURLWithPath: bench.output("other") + "/checkpoints/best-epoch-0001.safetensors"))
    try foreign.write(to: URL(fileURLWithPath: best))
    try BuiltTool.refuse(
      "evaluate-model", arguments + [folder + "/a.csv"], status: 65, "best-epoch-0001.safetensors is not the file that the run wrote")
    try whole.write(to: URL(fileURLWithPath: best))
    let text = try String(contentsOfFile: configuration, encoding: .utf8)
    try AtomicFile.write(text.replacingOccurrences(of: "\"dropout\" : 0.1", with: "\"dropout\" : 0.2"), to: configuration)
    try BuiltTool.refuse(
      "evaluate-model", arguments + [folder + "/a.csv"], status: 65, "configuration.json is not the file that the run wrote")
    try AtomicFile.write(text, to: configuration)
    var flipped = whole
    flipped[flipped.count - 1] ^= 1
    try flipped.write(to: URL(fileURLWithPath: folder + "/elsewhere.safetensors"))
    let elsewhere = arguments.map { $0 == best ? folder + "/elsewhere.safetensors" : $0 }
    try BuiltTool.refuse("evaluate-model", elsewhere + [folder + "/a.csv"], status: 65, "contentSHA256")
    #expect(!FileManager.default.fileExists(atPath: folder + "/a.csv"))
  }

  @Test("a run pads its batches as its configuration says, and an evaluation pads as the run did")
  func padding() throws {
    let bench = try ListOpsBench(epochs: 1)
    #expect(try BuiltTool.run("train-model", bench.arguments("padded")).status == 0)
    let evaluated = try BuiltTool.run(
      "evaluate-model",
      [
        "--configuration", bench.configuration, "--data", bench.prepared, "--split", "validation", "--threads", "1", "--weights",
        bench.output("padded") + "/checkpoints/best-epoch-0001.safetensors",
      ])
    struct Evaluation: Decodable { var loss: Double }
    let loss = try JSONDecoder().decode(Evaluation.self, from: Data(evaluated.output.utf8)).loss
    let metrics = try String(contentsOfFile: bench.output("padded") + "/metrics.csv", encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let column = try #require(metrics[0].firstIndex(of: "validation_loss"))
    #expect(try abs(loss / #require(Double(metrics[1][column])) - 1) < 1e-6)
    // Batch norm sees the padding of its batches, so other lengths train other weights.
    let text = try String(contentsOfFile: bench.configuration, encoding: .utf8)
    try AtomicFile.write(text.replacingOccurrences(of: "\"paddingMultiple\": 16, ", with: ""), to: bench.configuration)
    #expect(try BuiltTool.run("train-model", bench.arguments("unpadded")).status == 0)
    #expect(try bench.weights("padded") != bench.weights("unpadded"))
  }

  @Test("missing data, missing configuration and impossible values have the four-part message and their exit codes")
  func badInput() throws {
    let bench = try ListOpsBench(epochs: 1)
    var arguments = bench.arguments("run")
    arguments[7] = folder + "/nowhere"
    try BuiltTool.refuse("train-model", arguments, status: 66, "error: ")
    arguments = bench.arguments("run")
    arguments[1] = folder + "/nowhere.json"
    try BuiltTool.refuse("train-model", arguments, status: 66, "error: ")
    let text = try String(contentsOfFile: bench.configuration, encoding: .utf8)
    try AtomicFile.write(text.replacingOccurrences(of: "\"modelWidth\": 8", with: "\"modelWidth\": -8"), to: bench.configuration)
    try BuiltTool.refuse("train-model", bench.arguments("run"), status: 78, "modelWidth")
    try AtomicFile.write(text.replacingOccurrences(of: "layerCount", with: "layerCuont"), to: bench.configuration)
    try BuiltTool.refuse("train-model", bench.arguments("run"), status: 78, "layerCount")
    try AtomicFile.write(text, to: bench.configuration)
    // Each of them had the run's lease before it looked at its inputs.
    try FileManager.default.removeItem(atPath: folder + "/runs")
    try AtomicFile.write("a file where a folder should be", to: folder + "/runs")
    try BuiltTool.refuse("train-model", bench.arguments("run"), status: 74, "error: cannot make the folder")
  }
}
