import Foundation
import RunSupport
import TestSupport
import Testing

/// Any stage that is killed at any moment and called again gives the bytes of an undisturbed call.
@Suite(.serialized, .temporaryFolder) struct InterruptedPreparationTests {
  /// Shares of the time that an undisturbed call takes.
  private static let moments = [0.35, 0.8]

  /// Runs a tool once undisturbed for the folder `whole`, and once killed at each moment and then left alone for the folder `cut`.
  ///
  /// - Parameter names: the files that are compared; nil for all.
  private func compare(_ tool: String, files names: [String]? = nil, _ arguments: (String) -> [String]) throws {
    let start = Date()
    let whole = try BuiltTool.succeed(tool, arguments("whole"))
    let duration = Date().timeIntervalSince(start)
    var killedCount = 0
    for moment in Self.moments {
      let running = try RunningTool(tool, arguments("cut"))
      usleep(UInt32(duration * moment * 1e6))
      running.send(SIGKILL)
      if running.finish().status == -SIGKILL { killedCount += 1 }
    }
    #expect(killedCount > 0, "no call was still running when it was killed")
    let again = try BuiltTool.succeed(tool, arguments("cut"))
    #expect(again.output == whole.output)
    #expect(try hashes("\(folder)/made/cut", names) == hashes("\(folder)/made/whole", names))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/made").sorted() == ["cut", "whole"], "no leftovers")
  }

  private func hashes(_ folder: String, _ names: [String]?) throws -> [String: String] {
    let names = try names ?? FileManager.default.contentsOfDirectory(atPath: folder)
    return try Dictionary(uniqueKeysWithValues: names.map { ($0, try FileHash.hex(ofFile: "\(folder)/\($0)")) })
  }

  @Test("preprocessing of every dataset", arguments: MadeUpRelease.all) func preprocessing(release: MadeUpRelease) throws {
    let mirror = try release.mirror(in: folder)
    try BuiltTool.succeed(release.tool, ["download", "--raw", folder + "/raw"] + mirror)
    try compare(release.tool) {
      ["preprocess"] + release.options + ["--raw", folder + "/raw", "--output", "\(folder)/made/\($0)"]
    }
  }

  @Test(
    "every generator",
    arguments: [
      "prepare-lra --task listops --source generated --train 60 --validation 5 --test 5 --minimum-length 100 --maximum-length 300",
      "prepare-lra --task retrieval --source generated --train 200",
      "prepare-celeba --source generated --height 64 --width 32 --train 60 --validation 2 --test 2",
      "prepare-speech-commands --source generated --variant 8khz --train 30 --validation 10 --test 10",
    ])
  func generators(line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    try compare(words[0]) { ["preprocess"] + words.dropFirst() + ["--output", "\(folder)/made/\($0)"] }
  }

  /// Options of `download` for a file from an address, large enough that kills fall into its transfer.
  private func server() throws -> (options: [String], sha256: String) {
    let content = Data((0..<1 << 16).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) })
    let archive = (0..<400).reduce(into: Data()) { all, _ in all += content }
    let hash = FileHash.hex(of: archive)
    try AtomicFile.write(archive, to: folder + "/server/cifar-10-binary.tar.gz")
    try AtomicFile.write(
      """
      cifar10: {title: t, home: h, licence: l, byHand: b, files: [
        {name: cifar-10-binary.tar.gz, bytes: \(archive.count), sha256: \(hash),
        urls: ["file://\(folder)/server/cifar-10-binary.tar.gz"]}]}
      """, to: folder + "/sources.yaml")
    return (["--sources", folder + "/sources.yaml"], hash)
  }

  @Test("a download, whose cut transfer is continued") func download() throws {
    let server = try server()
    try compare("prepare-cifar10", files: ["cifar-10-binary.tar.gz", "receipt.json"]) {
      ["download", "--raw", "\(folder)/made/\($0)"] + server.options
    }
  }

  @Test("downloads into one folder wait for each other") func simultaneousDownloads() throws {
    let server = try server()
    var lock: FileLock? = try FileLock(path: folder + "/.lock", holder: "fetching")
    let tools = try (0..<2).map { _ in try RunningTool("prepare-cifar10", ["download", "--raw", folder] + server.options) }
    let end = Date(timeIntervalSinceNow: 30)
    while !tools.allSatisfy({ $0.errors.contains("waiting, because another process is fetching") }) && Date() < end { usleep(50_000) }
    let archive = folder + "/cifar-10-binary.tar.gz"
    #expect(!FileManager.default.fileExists(atPath: archive))
    withExtendedLifetime(lock) {}
    lock = nil
    let results = tools.map { $0.finish() }
    #expect(results.allSatisfy { $0.status == 0 && $0.errors.contains("waiting") }, "\(results)")
    // The later one finds the file of the earlier one.
    #expect(results.count { $0.errors.contains("already there") } == 1, "\(results)")
    #expect(try FileHash.hex(ofFile: archive) == server.sha256)
    #expect(!FileManager.default.fileExists(atPath: archive + ".part"))
  }
}
