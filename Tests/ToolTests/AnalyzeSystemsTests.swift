import Arrays
import Foundation
import TestSupport
import Testing

/// `analyze-systems` as a process: tables that can be read back, and errors in words.
@Suite(.temporaryFolder) struct AnalyzeSystemsTests {
  private func run(_ arguments: [String]) throws -> ProcessResult { try BuiltTool.run("analyze-systems", arguments) }

  private func table(_ arguments: [String]) throws -> [[String: String]] { try BuiltTool.table("analyze-systems", arguments) }

  private func numbers(_ rows: [[String: String]], _ column: String) -> [Double] { rows.map { Double($0[column] ?? "") ?? .nan } }

  private static let linear = ["--initialization", "s4d-lin", "--state-size", "8", "--timestep", "0.5"]

  @Test func poles() throws {
    let rows = try table(["poles"] + Self.linear)
    #expect(maxRelative(numbers(rows, "pole_imaginary"), (0..<4).map { -.pi * Double($0) }) < 1e-15)
    #expect(maxRelative(numbers(rows, "modulus"), .init(repeating: exp(-0.25), count: 4)) < 1e-15)
    // Mode 3 turns by 3π/2 a step, which looks like −π/2 in the other direction.
    #expect(abs(numbers(rows, "angle")[3] - .pi / 2) < 1e-14)
  }

  @Test func aliasing() throws {
    #expect(try table(["aliasing"] + Self.linear).map { $0["aliased"] } == ["0", "0", "1", "1"])
  }

  @Test func kernel() throws {
    let rows = try table(["kernel", "--output-weights", "ones", "--length", "5"] + Self.linear)
    #expect(numbers(rows, "lag") == [0, 1, 2, 3, 4])
    // K[0] = 2·Re Σ (exp(Δλ) − 1)/λ; n = 0 alone has 4·(1 − exp(−¼)).
    let expected = (0..<4).reduce(0.0) { sum, mode in
      let (real, imaginary) = (-0.5, -.pi * Double(mode))
      let (numerator, other) = (exp(-0.25) * cos(imaginary / 2) - 1, exp(-0.25) * sin(imaginary / 2))
      return sum + 2 * (numerator * real + other * imaginary) / (real * real + imaginary * imaginary)
    }
    #expect(abs(numbers(rows, "value")[0] - expected) < 1e-14)
    let filtered = try table(["kernel", "--initialization", "tfb-lra", "--beta", "1", "--length", "3"])
    #expect(numbers(filtered, "lag") == [-3, -2, -1, 0, 1, 2])
  }

  @Test func transfer() throws {
    let rows = try table(["transfer", "--points", "50"] + Self.linear)
    let (magnitudes, variations) = (numbers(rows, "magnitude"), numbers(rows, "variation"))
    #expect(rows.count == 50 && magnitudes.allSatisfy { $0 > 0 })
    #expect(zip(variations, variations.dropFirst()).allSatisfy { $0 > $1 } && variations.last == 0)
    // A curve is at least as long as the distance of its ends.
    #expect(variations[0] >= abs(magnitudes[0] - magnitudes[49]))
    let continuous = try table(
      ["transfer", "--domain", "continuous", "--lowest", "1", "--highest", "100", "--points", "3", "--logarithmic"] + Self.linear)
    #expect(maxRelative(numbers(continuous, "frequency"), [1, 10, 100]) < 1e-15)
  }

  @Test func hankel() throws {
    let rows = try table(["hankel", "--width", "2", "--domain", "continuous", "--tolerance", "0.1"] + Self.linear)
    #expect(rows.count == 16)
    for channel in ["0", "1"] {
      let own = rows.filter { $0["channel"] == channel }
      let relative = numbers(own, "relative")
      #expect(relative[0] == 1 && relative == relative.sorted(by: >))
      #expect(own.allSatisfy { $0["rank"] == "\(relative.count { $0 > 0.1 })" })
    }
    #expect(try table(["hankel", "--summary", "--initialization", "hope", "--width", "3"]).map { $0["count"] } == ["64", "64", "64"])
  }

  @Test func scores() throws {
    let rows = try table(["scores", "--width", "4"] + Self.linear)
    #expect(numbers(rows, "normalized").max() == 1)
    let modes = try table(["scores", "--modes", "--output-weights", "ones"] + Self.linear)
    // |B̄|/(1 − |λ̄|) of mode 0: 2·(1 − exp(−¼))/(1 − exp(−¼)).
    #expect(modes.count == 4 && abs(numbers(modes, "score")[0] - 2) < 1e-14)
  }

  @Test("a checkpoint's channel, written to a file as a whole") func checkpoint() throws {
    let path = try Self.writeCheckpoint(folder, frequency: 3)
    let output = folder + "/tables/poles.csv"
    let result = try run(["poles", "--checkpoint", path, "--layer", "1", "--channel", "0", "--output", output])
    #expect(result.status == 0 && result.output == "", "\(result.errors)")
    let rows = BuiltTool.rows(try String(contentsOfFile: output, encoding: .utf8))
    #expect(rows.map { $0["layer"] } == ["1"] && numbers(rows, "pole_imaginary") == [3])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/tables") == ["poles.csv"])
  }

  private static let subcommands = ["poles", "kernel", "transfer", "hankel", "scores", "aliasing"]

  @Test("unusable checkpoints end in words and codes, and leave no file", arguments: subcommands)
  func unusableCheckpoints(subcommand: String) throws {
    let output = folder + "/table.csv"
    func expect(_ path: String, _ status: Int32, _ words: String) throws {
      let result = try run([subcommand, "--checkpoint", path, "--output", output])
      #expect(result.status == status && result.errors.contains(words), "\(result.status) \(result.errors)")
      #expect(["error: ", "where: ", "why: ", "fix: "].allSatisfy(result.errors.contains))
      #expect(!FileManager.default.fileExists(atPath: output))
    }
    try expect(folder + "/none.safetensors", 66, "none.safetensors")
    try expect(folder, 66, "best-epoch")
    try expect(try Self.writeCheckpoint(folder, frequency: .nan), 65, "value 0 is nan")
    let path = try Self.writeCheckpoint(folder, frequency: 3)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    for length in [0, 4, 100, bytes.count - 1] {
      try bytes.prefix(length).write(to: URL(fileURLWithPath: folder + "/cut.safetensors"))
      try expect(folder + "/cut.safetensors", 65, "cut.safetensors")
    }
    try SafetensorsFile.write([SafetensorsEntry("encoder.weight", [1.0], shape: [1])], to: folder + "/other.safetensors")
    try expect(folder + "/other.safetensors", 65, "s4_layers.")
  }

  @Test("wrong options are usage errors that suggest a name") func usage() throws {
    for (arguments, status, words) in [
      (["--initialization", "s4d-lon"], 64, "perhaps s4d-lin is meant"), ([], 64, "neither is given"),
      (["--initialization", "hope", "--checkpoint", "x"], 64, "both are given"),
      (Self.linear + ["--discretization", "bilinaer"], 64, "perhaps bilinear is meant"),
      (Self.linear + ["--channel", "1"], 64, "no system is selected"), (Self.linear + ["--rate", "0"], 64, "--rate"),
      (Self.linear + ["--timestep-minimum", "0.1"], 64, "time steps make no range"),
      (["--initialization", "s4d-lin", "--state-size", "7"], 78, "odd"),
      (["--initialization", "s4d-lin", "--timestep=-1"], 78, "must be positive"),
    ] as [([String], Int32, String)] {
      let result = try run(["poles"] + arguments)
      #expect(result.status == status && result.errors.contains(words), "\(arguments): \(result.status) \(result.errors)")
      #expect(result.output == "")
    }
    #expect(try run(["hankel", "--initialization", "hope", "--domain", "continuous"]).status == 78)
    #expect(try run(["transfer", "--lowest", "4"] + Self.linear).status == 64)
    #expect(try run(["kernel", "--length", "0"] + Self.linear).status == 64)
  }

  @Test("help lists the names and has examples") func help() throws {
    let result = try run(["--help"])
    #expect(result.status == 0)
    for words in ["s4d-legs", "dfout-batched", "Examples:", "SUBCOMMANDS"] { #expect(result.output.contains(words)) }
  }

  /// Two S4D layers of one channel with one mode.
  private static func writeCheckpoint(_ folder: String, frequency: Double) throws -> String {
    let entries = (0..<2).flatMap { layer in
      let name = "s4_layers.\(layer).kernel."
      return [
        SafetensorsEntry(name + "log_dt", [-2.0], shape: [1]), SafetensorsEntry(name + "log_A_real", [-1.0], shape: [1, 1]),
        SafetensorsEntry(name + "A_imag", [frequency], shape: [1, 1]), SafetensorsEntry(name + "C", [1, 0.5], shape: [1, 1, 1, 2]),
      ]
    }
    try SafetensorsFile.write(entries, to: folder + "/model.safetensors")
    return folder + "/model.safetensors"
  }
}
