import Accelerators
import Foundation
import RunSupport
import TestSupport
import Testing

/// What the driver's `nvidia-smi` says, here a script that says the same.
@Suite(.temporaryFolder) struct GPUTests {
  private static let lines = """
    0, GPU-aaaa-1, 81559, 4, Default, Disabled
    1, GPU-aabb-2, 81559, 40000, Default, [N/A]
    2, GPU-cccc-3, 24576, 0, Exclusive_Process, Disabled
    3, GPU-dddd-4, 81559, 0, Default, Enabled
    4, GPU-eeee-5, [Unknown Error], [Unknown Error], Default, Disabled
    5, GPU-ffff-6, 24576, 0, Prohibited, Disabled
    """

  private func driver(_ body: String) throws -> String {
    let path = folder + "/nvidia-smi"
    try AtomicFile.write("#!/bin/sh\n\(body)\n", to: path)
    chmod(path, 0o755)
    return path
  }

  private func visible(_ names: String?, _ lines: String = GPUTests.lines) throws -> [GPU] {
    try GPU.visible(names: names, program: try driver("cat <<'END'\n\(lines)\nEND"))
  }

  @Test("sizes are bytes; divided, broken and forbidden GPUs are left out") func all() throws {
    #expect(
      try visible(nil) == [
        GPU(index: 0, identifier: "GPU-aaaa-1", bytes: 81559 << 20, used: 4 << 20),
        GPU(index: 1, identifier: "GPU-aabb-2", bytes: 81559 << 20, used: 40000 << 20),
        GPU(index: 2, identifier: "GPU-cccc-3", bytes: 24576 << 20, isExclusive: true),
      ])
  }

  @Test(
    "the environment limits them and gives the order, by numbers or identifiers",
    arguments: [("2,0", [2, 0]), ("GPU-aab", [1]), (" 1 , GPU-aaaa-1,1", [1, 0]), ("GPU-aa", [0])])
  func limited(names: String, expected: [Int]) throws { #expect(try visible(names).map(\.index) == expected) }

  @Test(
    "what the driver does not list, or not as one device, is no GPU to share",
    arguments: ["", ",", "3", "9", "MIG-1", "NoDevFiles", "0,-1"])
  func unknown(names: String) throws {
    let error = stageError { _ = try visible(names) }
    #expect(error?.code == .inputOutput && error?.location == "CUDA_VISIBLE_DEVICES=\(names)", "\(error as Any)")
  }

  @Test("without the driver, or if it fails or lists none, it says so") func noDriver() throws {
    #expect(stageError { _ = try GPU.visible(names: nil, program: nil) }?.location == "nvidia-smi")
    let failing = try driver("echo 'driver/library version mismatch'; exit 18")
    #expect(
      stageError { _ = try GPU.visible(names: nil, program: failing) }?.why == "it ends with 18: driver/library version mismatch")
    for text in ["", "No devices were found", "0, GPU-a, 0, 0, Default, Disabled", "0, GPU-a, -5, 0, Default, Disabled", "0, GPU-a"] {
      #expect(stageError { _ = try visible(nil, text) }?.why == "it lists no GPU that several processes can share", "\(text)")
    }
  }
}
