import Foundation
import RunSupport
import TestSupport
import Testing

private enum Packing {
  static let isPossible = Python.run("")?.status == 0 && (try? ProcessResult.run("xz", ["--version"]).status) == 0
}

/// `scripts/accelerator/pack`, and what it packs on a machine that has nothing else of this project.
@Suite(.temporaryFolder, .enabled(if: Packing.isPossible, "needs python3 and xz")) struct PackAcceleratorTests {
  private func pack(_ executable: String, limit: String = "60") throws -> ProcessResult {
    try ProcessResult.run(
      "\(Fixtures.repository)/scripts/accelerator/pack", [folder + "/pack"], environment: ["BENCHMARK": executable, "LIMIT_MB": limit])
  }

  /// Packs, unpacks in an empty folder, and returns that.
  private func unpacked(_ executable: String) throws -> String {
    let packed = try pack(executable)
    try #require(packed.status == 0, "\(packed)")
    #expect(packed.output.contains("pack/ssm-measure.tar.xz has "), "\(packed)")
    try AtomicFile.makeDirectory(folder + "/bare")
    try #require(ProcessResult.run("python3", ["-m", "tarfile", "-e", "../pack/ssm-measure.tar.xz"], in: folder + "/bare").status == 0)
    return folder + "/bare/ssm-measure"
  }

  @Test("the executable travels with the libraries that are not the C library's") func libraries() throws {
    let place = try unpacked("/bin/bash")
    #expect(try InputFile.names(inFolder: place + "/lib").allSatisfy { $0.hasPrefix("libtinfo") || $0.hasPrefix("libreadline") })
    let scripts = try InputFile.names(inFolder: place + "/scripts/accelerator")
    #expect(Set(scripts).isSuperset(of: ["measure", "measuring", "losses.csv", "cuda.txt"]) && !scripts.contains("setup.sh"), "\(scripts)")
    let names = FileManager.default.enumerator(atPath: place)?.compactMap { $0 as? String } ?? []
    #expect(names.contains("scripts/peers/jax_peer.py") && !names.contains { $0.contains("__pycache__") }, "\(names)")
    #expect(try String(contentsOfFile: place + "/revision", encoding: .utf8).count > 1)
  }

  @Test("what would be too large is refused and leaves nothing") func tooLarge() throws {
    var random = SystemRandomNumberGenerator()
    let bytes = Data((0..<200_000).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } })
    try bytes.write(to: URL(fileURLWithPath: folder + "/large"))
    #expect(chmod(folder + "/large", 0o755) == 0)
    let refused = try pack(folder + "/large", limit: "1")
    #expect(
      refused.status == 70 && refused.errors.contains("has 2 MB, 1 are allowed") && refused.errors.contains("  fix:   "), "\(refused)")
    #expect(try InputFile.names(inFolder: folder + "/pack") == [".lock"])
    #expect(try pack(folder + "/large", limit: "2").status == 0)
  }

  @Test("a missing executable and an impossible limit are refused") func refusals() throws {
    let missing = try pack(folder + "/none")
    #expect(missing.status == 66 && missing.errors.contains("there is no executable to pack"), "\(missing)")
    let limit = try pack("/bin/bash", limit: "6O")
    #expect(limit.status == 64 && limit.errors.contains("impossible limit '6O'"), "\(limit)")
  }

  @Test("unpacked, it measures a shape on the plugin for processors, with nothing else around", .needsPlugin) func measures() throws {
    // The executable of a debug build would be too large to pack in a test.
    let script = folder + "/benchmark"
    try "#!/bin/bash\nexec '\(BuiltTool.path("benchmark"))' \"$@\"\n".write(toFile: script, atomically: false, encoding: .utf8)
    #expect(chmod(script, 0o755) == 0)
    let place = try unpacked(script)
    let plugin = URL(fileURLWithPath: try TestDevice.folder.library("cpu")).path
    let measured = try ProcessResult.run(
      "/usr/bin/env", ["-i", "PATH=/usr/bin:/bin", "DEVICE=\(plugin)", "scripts/accelerator/measure", "shapes", "tiny", "--runs", "8"],
      in: place)
    #expect(measured.status == 0 && measured.errors.contains("the same bits twice"), "\(measured)")
    let table = try String(contentsOfFile: place + "/results/accelerator/shapes.csv", encoding: .utf8)
    let row = try #require(BuiltTool.rows(table).first)
    #expect(row["shape"] == "tiny" && row["precision"] == "fp32" && row["same_bits"] == "yes" && row["steps"] == "8", "\(row)")
    #expect((Double(row["loss_difference"] ?? "") ?? 1) < 1e-4 && (Double(row["ms_median"] ?? "") ?? 0) > 0, "\(row)")
    #expect(row["version"]?.hasPrefix("xla_cpu_pjrt") == true && row["revision"]?.isEmpty == false, "\(row)")
  }
}
