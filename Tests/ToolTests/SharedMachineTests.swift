import Foundation
import RunSupport
import TestSupport
import Testing

/// Trainings that start together on one machine, as processes: each waits until there is room for it.
@Suite(.temporaryFolder, .timeLimit(.minutes(2))) struct SharedMachineTests {
  private var reservations: String { folder + "/reservations" }

  /// - Parameter seed: also the name of its folder.
  private func start(_ seed: Int, _ more: [String] = [], environment: [String: String] = [:]) throws -> RunningTool {
    let training = try SmallTraining(in: folder)
    let words = [
      BuiltTool.path("train-model"), "--configuration", training.configuration, "--seed", String(seed), "--output", "\(folder)/\(seed)",
      "--threads", "1",
    ]
    return try RunningTool(words + more, environment: ["SSM_RESERVATIONS": reservations].merging(environment) { $1 })
  }

  private func wait(for words: String, of tool: RunningTool) -> Bool {
    let deadline = Date().addingTimeInterval(60)
    while !tool.errors.contains(words) && Date() < deadline { usleep(20_000) }
    return tool.errors.contains(words)
  }

  /// A stopped process would outlive a test that fails.
  private func end(_ tools: [RunningTool]) {
    for tool in tools { tool.send(SIGKILL) }
  }

  private func isFinished(_ seed: Int) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(seed)/summary.json") }

  @Test("trainings wait for memory that another process has reserved, say so once, and go on when it is free; TERM ends the wait")
  func memory() throws {
    let all = Reservation.Share(room: "this machine", bytes: 1 << 50)
    var other: Reservation? = try ReservationLedger(folder: reservations)
      .reserve("a large run", interruption: { nil }, report: { _ in }) { _ in .take([all]) }
    let tools = try (1...3).map { try start($0) }
    defer { end(tools) }
    for tool in tools {
      try #require(wait(for: ": waiting for memory: about", of: tool), "\(tool.errors)")
      #expect(tool.errors.contains(" left beside what a large run"))
    }
    tools[2].send(SIGTERM)
    #expect(tools[2].finish().status == 75)
    usleep(400_000)
    #expect(!isFinished(1) && !isFinished(2))
    withExtendedLifetime(other) {}
    other = nil
    for tool in tools.prefix(2) { try #require(wait(for: ": preset smoke", of: tool), "\(tool.errors)") }
    for (index, tool) in tools.prefix(2).enumerated() {
      let result = tool.finish()
      #expect(result.status == 0 && isFinished(index + 1), "\(result.errors)")
      #expect(result.errors.components(separatedBy: "waiting").count == 2, "\(result.errors)")
    }
    #expect(!isFinished(3))
  }

  /// GPUs that only `nvidia-smi` knows, and for CUDA the plugin for processors.
  private func machine(gpus: Int) throws -> [String: String] {
    let lines = (0..<gpus).map { "\($0), GPU-\($0), 24576, 0, Default, Disabled" }.joined(separator: "\n")
    let driver = folder + "/bin/nvidia-smi"
    try AtomicFile.write("#!/bin/sh\ncat <<'END'\n\(lines)\nEND\n", to: driver)
    chmod(driver, 0o755)
    let (plugins, cuda) = (URL(fileURLWithPath: TestDevice.folder.path).standardizedFileURL.path, folder + "/accelerators/cuda")
    try AtomicFile.makeDirectory(folder + "/accelerators")
    try FileManager.default.createSymbolicLink(atPath: cuda, withDestinationPath: plugins + "/cpu")
    return ["PATH": "\(folder)/bin:/usr/bin:/bin", "SSM_ACCELERATORS": folder + "/accelerators"]
  }

  private func start(_ seed: Int, part: String, on machine: [String: String]) throws -> RunningTool {
    try start(seed, ["--device", "cuda", "--device-memory", part], environment: machine)
  }

  @Test("of two GPUs each run takes one, a third waits for room and takes it when a run dies", .needsPlugin) func gpus() throws {
    let machine = try machine(gpus: 2)
    // Stopped where they have their room, so that they keep it.
    let first = try start(1, part: "0.6", on: machine)
    #expect(wait(for: "test seed 1: GPU 0, 15.5 GB of its 25.8 GB", of: first), "\(first.errors)")
    first.send(SIGSTOP)
    let second = try start(2, part: "0.6", on: machine)
    #expect(wait(for: "test seed 2: GPU 1, 15.5 GB of its 25.8 GB", of: second), "\(second.errors)")
    second.send(SIGSTOP)
    let third = try start(3, part: "0.5", on: machine)
    try #require(wait(for: "test seed 3: waiting for a GPU: about 12.9 GB are needed", of: third), "\(third.errors)")
    let small = try start(4, part: "0.4", on: machine.merging(["CUDA_VISIBLE_DEVICES": "1"]) { $1 })
    defer { end([first, second, third, small]) }
    try #require(wait(for: "test seed 4: GPU 1, 10.3 GB of its 25.8 GB", of: small), "beside the second: \(small.errors)")
    #expect(small.finish().status == 0)
    #expect(!isFinished(3) && !third.errors.contains("of its"))
    first.send(SIGKILL)
    _ = first.finish()
    try #require(wait(for: "test seed 3: GPU 0, 12.9 GB of its 25.8 GB", of: third), "\(third.errors)")
    let result = third.finish()
    #expect(result.status == 0, "\(result.errors)")
    second.send(SIGCONT)
    #expect(second.finish().status == 0 && isFinished(2) && isFinished(3) && !isFinished(1))
  }
}
