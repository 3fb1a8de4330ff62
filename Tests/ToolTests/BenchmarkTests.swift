import Arrays
import Foundation
import TestSupport
import Testing

/// `benchmark` as a process, at a tiny shape: tables that other programs can read, and turns that can be taken.
@Suite(.temporaryFolder) struct BenchmarkTests {
  private static let stepHeader = "shape,direction,ms_median,ms_min,ms_max,peak_rss_mb,threads"

  private func table(_ arguments: [String]) throws -> [[String: String]] {
    let rows = try BuiltTool.table("benchmark", arguments)
    #expect(!rows.isEmpty, "\(arguments)")
    return rows
  }

  private func expectOrderedTimes(_ row: [String: String]) {
    let times = ["ms_min", "ms_median", "ms_max"].map { Double(row[$0] ?? "") ?? .nan }
    #expect(times[0] >= 0 && times[0] <= times[1] && times[1] <= times[2], "\(row)")
  }

  @Test("a step of every layer", arguments: ["s4d", "tfb", "dfout", "hope"])
  func trainStep(layer: String) throws {
    let rows = try table(["train-step", "--shape", "tiny", "--layer", layer, "--bidirectional", "--runs", "2", "--threads", "1"])
    #expect(rows.map { Set($0.keys) } == [Set(Self.stepHeader.split(separator: ",").map(String.init))])
    #expect(rows.count == 1 && rows[0]["shape"] == "tiny" && rows[0]["direction"] == "bi" && rows[0]["threads"] == "1")
    expectOrderedTimes(rows[0])
    #expect((Int(rows[0]["peak_rss_mb"] ?? "") ?? 0) > 5)
  }

  @Test("one step for each line of standard input")
  func paced() throws {
    try "\n\n\n".write(toFile: "\(folder)/lines", atomically: true, encoding: .utf8)
    let command = "'\(BuiltTool.path("benchmark"))' train-step --shape tiny --paced < '\(folder)/lines'"
    let result = try ProcessResult.run("/bin/bash", ["-c", command])
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(result.status == 0 && lines.count == 6, "\(result)")
    #expect(lines.first == "ready" && lines.dropFirst(1).prefix(3).allSatisfy { (Double($0) ?? 0) > 0 } && lines[4] == Self.stepHeader)
    let none = try ProcessResult.run("/bin/bash", ["-c", command.replacingOccurrences(of: "\(folder)/lines", with: "/dev/null")])
    #expect(none.status == 64 && none.errors.contains("no step was asked for"))
  }

  @Test("steps, scaling and the floor measure each point and put it beside what it is compared with")
  func tables() throws {
    let steps = try table(["steps", "--shapes", "tiny", "--layers", "s4d", "hope", "--runs", "1", "--size", "64"])
    #expect(steps.map { "\($0["layer"] ?? "") \($0["direction"] ?? "")" } == ["s4d uni", "s4d bi", "hope uni", "hope bi"])
    steps.forEach(expectOrderedTimes)
    #expect(steps.allSatisfy { (Double($0["times_floor"] ?? "") ?? 0) > 0 })
    let scaling = try table(["scaling", "--shape", "tiny", "--vary", "length", "modes", "--values", "16", "48", "--runs", "1"])
    #expect(scaling.map { $0["length"] } == ["16", "48", "64", "64"] && scaling.map { $0["modes"] } == ["32", "32", "16", "48"])
    let floor = try table(["floor", "--size", "64", "--runs", "1", "--shapes", "image"])
    // 6 layers · 3 products · 2·B·L·H·2H, and 6 layers · 2 · (2·B·H + H) transforms of 2048 points at 2.5·n·log₂ n.
    #expect(floor.map { $0["gemm_gflop"] } == ["966.37"] && floor.map { $0["fft_gflop"] } == ["34.95"])
  }

  @Test("each operation of a step, forward and backward", arguments: ["s4d", "tfb", "dfout", "hope"])
  func operations(layer: String) throws {
    for direction in [[], ["--bidirectional"]] {
      let rows = try table(["operations", "--shape", "tiny", "--layer", layer, "--runs", "1"] + direction)
      rows.forEach(expectOrderedTimes)
      let names = Set(rows.compactMap { $0["operation"] })
      #expect(names.isSuperset(of: ["layer norm", "convolution", "mixing and gate", "loss", "AdamW"]), "\(names)")
      #expect(names.contains(layer == "hope" ? "Hankel transfer" : "diagonal kernel"), "\(names)")
    }
  }

  @Test("the written model holds what another program needs, and its losses fall")
  func model() throws {
    let path = "\(folder)/model.safetensors"
    let result = try BuiltTool.run(
      "benchmark", ["model", "--shape", "tiny", "--layer", "hope", "--bidirectional", "--steps", "3", "--output", path])
    #expect(result.status == 0, "\(result.errors)")
    let file = try SafetensorsFile(path: path)
    let needed = ["input", "labels", "losses", "encoder.weight", "s4_layers.1.kernel.h", "s4_layers.1.D", "norms.1.bias", "decoder.bias"]
    #expect(Set(file.names).isSuperset(of: needed), "\(file.names)")
    #expect(try file.tensor("s4_layers.0.kernel.h").shape == [16, 64, 2] && file.tensor("input").shape == [2, 1, 64])
    let losses = try file.tensor("losses").doubles()
    #expect(losses.count == 3 && losses[2] < losses[0], "\(losses)")
  }

  @Test("a misspelt shape and an impossible size are refused")
  func refusals() throws {
    let unknown = try BuiltTool.run("benchmark", ["train-step", "--shape", "imag"])
    #expect(unknown.status == 64 && unknown.errors.contains("did you mean image?"), "\(unknown)")
    for arguments in [["--length", "0"], ["--any-order"], ["--paced", "--device", "cpu"]] {
      #expect(try BuiltTool.run("benchmark", ["train-step", "--shape", "tiny"] + arguments).status == 64)
    }
    for command in ["floor", "steps"] {
      let shape = try BuiltTool.run("benchmark", [command, "--shapes", "tiny", "txt"])
      #expect(shape.status == 64 && shape.output.isEmpty && shape.errors.contains("did you mean text?"), "\(shape)")
      let size = try BuiltTool.run("benchmark", [command, "--shapes", "tiny", "--size", "15"])
      #expect(size.status == 64 && size.output.isEmpty && size.errors.contains("--size must be at least 16"), "\(size)")
    }
    let child = try BuiltTool.run("benchmark", ["steps", "--shapes", "tiny", "--runs", "0"])
    #expect(child.status == 64 && child.output.isEmpty, "\(child)")
  }
}
