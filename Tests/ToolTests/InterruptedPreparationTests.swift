import Foundation
import RunSupport
import TestSupport
import Testing

/// `preprocess` killed at any moment and called again gives the bytes of an undisturbed call.
@Suite(.serialized) struct InterruptedPreparationTests {
  /// Shares of the time that an undisturbed call takes.
  private static let moments = [0.05, 0.3, 0.5, 0.7, 0.95]

  /// Prepares once undisturbed and once killed at each moment.
  private func compare(_ tool: String, _ options: [String], in folder: String) throws {
    func arguments(_ name: String) -> [String] { ["preprocess"] + options + ["--output", "\(folder)/prepared/\(name)"] }
    let start = Date()
    let whole = try BuiltTool.run(tool, arguments("whole"))
    try #require(whole.status == 0, "\(whole.errors)")
    let duration = Date().timeIntervalSince(start)
    var killedCount = 0
    for moment in Self.moments {
      let running = try RunningTool(tool, arguments("cut"))
      usleep(UInt32(duration * moment * 1e6))
      running.send(SIGKILL)
      if running.finish().status == -SIGKILL { killedCount += 1 }
    }
    #expect(killedCount > 0, "no call was still running when it was killed")
    let again = try BuiltTool.run(tool, arguments("cut"))
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output == whole.output)
    #expect(try hashes("\(folder)/prepared/cut") == hashes("\(folder)/prepared/whole"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/prepared").sorted() == ["cut", "whole"], "no leftovers")
  }

  private func hashes(_ folder: String) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try Dictionary(uniqueKeysWithValues: names.map { ($0, try FileHash.hex(ofFile: "\(folder)/\($0)")) })
  }

  /// Downloads made-up files from a mirror that vouches for them.
  private func download(_ tool: String, dataset: String, _ files: [String: Data], in folder: String) throws {
    var sums = ""
    var entries = ""
    for (name, content) in files {
      try AtomicFile.write(content, to: "\(folder)/mirror/\(name)")
      sums += "\(FileHash.hex(of: content))  \(name)\n"
      entries += "{name: \(name), hash: none published, subset: [\(name)]}, "
    }
    try AtomicFile.write(sums, to: folder + "/mirror/SHA256SUMS")
    try AtomicFile.write(
      "\(dataset): {title: t, home: h, licence: l, byHand: b, files: [\(entries)]}", to: folder + "/sources.yaml")
    let arguments = ["--raw", folder + "/raw", "--mirror", folder + "/mirror", "--sources", folder + "/sources.yaml"]
    let result = try BuiltTool.run(tool, ["download"] + arguments)
    try #require(result.status == 0, "\(result.errors)")
  }

  @Test("moving digits") func movingDigits() throws {
    try withTemporaryFolder { folder in
      let pixels = Data((0..<40 * 784).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      let images = Data([0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 28, 0, 0, 0, 28]) + pixels
      let labels = Data([0, 0, 8, 1, 0, 0, 0, 40]) + Data(count: 40)
      try download(
        "prepare-moving-mnist", dataset: "moving-mnist",
        [
          "train-images-idx3-ubyte.gz": images, "train-labels-idx1-ubyte.gz": labels, "t10k-images-idx3-ubyte.gz": images,
          "t10k-labels-idx1-ubyte.gz": labels,
        ], in: folder)
      let options = [
        "--variant", "coloured", "--raw", folder + "/raw", "--frames", "50", "--train", "30", "--validation", "1", "--test", "1",
      ]
      try compare("prepare-moving-mnist", options, in: folder)
    }
  }

  @Test("CIFAR-10") func cifar10() throws {
    try withTemporaryFolder { folder in
      let names = ["test_batch"] + (1...5).map { "data_batch_\($0)" }
      for (batch, name) in names.enumerated() {
        let records = (0..<100).map { record in Data([UInt8(record % 10)]) + Data(repeating: UInt8(record + batch), count: 3072) }
        try AtomicFile.write(records.reduce(Data(), +), to: "\(folder)/\(name).bin")
      }
      let packed = try ProcessResult.run("/usr/bin/env", ["tar", "-cf", "a.tar"] + names.map { $0 + ".bin" }, in: folder)
      try #require(packed.status == 0, "\(packed.errors)")
      let archive = try Data(contentsOf: URL(fileURLWithPath: folder + "/a.tar"))
      try download("prepare-cifar10", dataset: "cifar10", ["cifar-10-binary.tar.gz": archive], in: folder)
      try compare("prepare-cifar10", ["--variant", "gray", "--raw", folder + "/raw"], in: folder)
    }
  }
}
