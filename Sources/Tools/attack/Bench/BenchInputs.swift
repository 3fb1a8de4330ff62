import Foundation
import Loopback
import RunSupport

/// Makes what the workloads read: a catalogue of two small experiments, their data and runs, raw digits, and a server that sends them.
struct BenchInputs {
  let folder: String
  let tools: String

  /// Files of the raw dataset by name; small, but each larger than one piece of a transfer.
  private static let digits: [String: Data] = {
    let pixels = Data((0..<400 * 784).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) })
    let images = Data([0, 0, 8, 3, 0, 0, 1, 0x90, 0, 0, 0, 28, 0, 0, 0, 28]) + pixels
    let labels = Data([0, 0, 8, 1, 0, 0, 1, 0x90]) + Data((0..<400).map { UInt8($0 % 10) })
    return [
      "train-images-idx3-ubyte.gz": images, "train-labels-idx1-ubyte.gz": labels, "t10k-images-idx3-ubyte.gz": images,
      "t10k-labels-idx1-ubyte.gz": labels,
    ]
  }()

  /// A slow server; about every sixteenth answer breaks off.
  func makeServer() throws -> LoopbackServer {
    try LoopbackServer { request in
      guard let content = Self.digits[String(request.path.dropFirst())] else { return LoopbackServer.Step.answer("404 Not Found", Data()) }
      let start = request.rangeStart ?? 0
      let end = request.number % 16 == 5 ? start + (content.count - start) / 2 : content.count
      let pieces = stride(from: start, to: end, by: 1 << 16).flatMap { first in
        [LoopbackServer.Step.send(content[first..<min(end, first + 1 << 16)]), .pause(0.02)]
      }
      return [LoopbackServer.Step.contentHead(content, for: request)] + pieces
    }
  }

  /// Makes everything that the workloads read.
  func make(server: LoopbackServer) throws {
    try AtomicFile.write(BenchCatalogue.diagonal, to: "\(folder)/catalogue/tiny/tiny-attack-s4d.yaml")
    try AtomicFile.write(BenchCatalogue.hankel, to: "\(folder)/catalogue/tiny/tiny-attack-hope.yaml")
    try AtomicFile.write(BenchCatalogue.published, to: "\(folder)/catalogue/published.csv")
    try AtomicFile.write(sources(server), to: "\(folder)/sources.yaml")
    try copyScripts(to: "\(folder)/figures")
    try call("prepare-lra", expressions("\(folder)/prepared/\(BenchCatalogue.preparedName)"))
    for name in ["s4d", "hope"] {
      let resolved = try call(
        "plan-runs", ["resolve", "--catalogue", "\(folder)/catalogue", "--experiment", "tiny-attack-\(name)", "--preset", "smoke"])
      try AtomicFile.write(resolved, to: configuration(name))
      try call("train-model", training(name, "\(folder)/results/runs/tiny-attack-\(name)/smoke/seed-1"))
    }
    for (name, content) in Self.digits { try AtomicFile.write(content, to: "\(folder)/mirror/\(name)") }
    try call("prepare-moving-mnist", download("\(folder)/raw") + ["--mirror", "\(folder)/mirror"])
  }

  var workloads: [Workload] {
    let read = ["--preset", "smoke", "--catalogue", "\(folder)/catalogue", "--results", "\(folder)/results"]
    let raw = "\(folder)/raw"
    return [
      Workload(name: "training of S4D", tool: "train-model") { training("s4d", "\($0)/run") },
      Workload(name: "training of HOPE", tool: "train-model") { training("hope", "\($0)/run") },
      Workload(name: "download", tool: "prepare-moving-mnist") { download("\($0)/raw") },
      Workload(name: "preparation of ListOps", tool: "prepare-lra") { expressions("\($0)/listops") },
      Workload(name: "preparation of moving digits", tool: "prepare-moving-mnist") { place in
        [
          "preprocess", "--variant", "coloured", "--frames", "10", "--train", "12", "--validation", "1", "--test", "1", "--raw", raw,
          "--output", "\(place)/digits",
        ]
      },
      Workload(name: "tables", tool: "make-tables") { read + ["--output", "\($0)/tables"] },
      Workload(name: "figures", tool: "make-figures", options: { ["runs"] + read + ["--output", $0] }, start: "\(folder)/figures"),
    ]
  }

  var queries: [Workload] {
    let run = "\(folder)/results/runs/tiny-attack-s4d/smoke/seed-1"
    let catalogue = ["--catalogue", "\(folder)/catalogue"]
    func query(_ tool: String, _ arguments: [String]) -> Workload {
      Workload(name: ([tool] + arguments.prefix(1)).joined(separator: " "), tool: tool, options: { _ in arguments }, isQuery: true)
    }
    return [
      query(
        "evaluate-model",
        [
          "split", "--configuration", "\(run)/configuration.json", "--weights",
          "\(run)/checkpoints/epoch-0003-batch-000000/model.safetensors",
          "--data", "\(folder)/prepared", "--threads", "1",
        ]),
      query("plan-runs", ["resolve", "--experiment", "tiny-attack-hope", "--preset", "smoke"] + catalogue),
      query("plan-runs", ["status", "--results", "\(folder)/results"] + catalogue),
      query("analyze-systems", ["poles", "--initialization", "s4d-legs", "--state-size", "8"]),
      query("inspect-data", ["verify", "--data", folder]),
    ]
  }

  func configuration(_ name: String) -> String { "\(folder)/results/resolved/tiny-attack-\(name)/smoke.json" }

  private func training(_ name: String, _ output: String) -> [String] {
    ["--configuration", configuration(name), "--seed", "1", "--output", output, "--data", "\(folder)/prepared", "--threads", "1"]
  }

  private func expressions(_ output: String) -> [String] {
    [
      "preprocess", "--task", "listops", "--source", "generated", "--train", "200", "--validation", "40", "--test", "40",
      "--minimum-length", "10", "--maximum-length", "40", "--seed", "1", "--output", output,
    ]
  }

  private func download(_ raw: String) -> [String] { ["download", "--raw", raw, "--sources", "\(folder)/sources.yaml"] }

  private func sources(_ server: LoopbackServer) -> String {
    let files = Self.digits.sorted { $0.key < $1.key }.map { name, content in
      "{name: \(name), bytes: \(content.count), sha256: \(FileHash.hex(of: content)), urls: [\"\(server.url("/" + name))\"], mirror: [\(name)]}"
    }
    return "moving-mnist: {title: t, home: h, licence: l, byHand: b, files: [\(files.joined(separator: ", "))]}\n"
  }

  /// The plotting scripts without the figures that were drawn beside them.
  private func copyScripts(to target: String) throws {
    let paths = FileManager.default.enumerator(atPath: "paper-figures")?.allObjects as? [String] ?? []
    for path in paths where path.hasSuffix(".gp") {
      try AtomicFile.write(String(contentsOfFile: "paper-figures/\(path)", encoding: .utf8), to: "\(target)/\(path)")
    }
  }

  @discardableResult
  private func call(_ tool: String, _ arguments: [String]) throws -> String {
    let process = try ChildProcess("\(tools)/\(tool)", arguments, output: .captured, errors: .captured)
    guard process.status == 0 else {
      throw StageError(
        .internalBug, "the inputs of attacks cannot be made", where: "\(tool) \(arguments.joined(separator: " "))",
        why: String(decoding: process.errors, as: UTF8.self), fix: "run `make attack` in the repository's folder after `make build`")
    }
    return String(decoding: process.output, as: UTF8.self)
  }
}
