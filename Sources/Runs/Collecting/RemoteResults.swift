import Foundation
import RunSupport

/// Runs of another machine, copied beside the results here for as long as they are read.
package final class RemoteResults {
  /// The folder with `runs`.
  package let folder: String

  /// Whether a text is `host:path` or `user@host:path`, and no folder here.
  package static func isRemote(_ source: String) -> Bool {
    source.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9_.@-]*:[^:].*/) != nil && !FileManager.default.fileExists(atPath: source)
  }

  /// Copies by rsync over ssh, without checkpoints that are there to train on.
  ///
  /// - Parameters:
  ///   - source: `host:path` of a folder `results`.
  ///   - results: that of here.
  ///   - run: only this one, by its path below `runs`.
  /// - Throws: `StageError`: `missingInput` where rsync is not installed, `inputOutput` if it fails.
  package init(_ source: String, beside results: String, only run: String?) throws {
    guard let program = ChildProcess.path(of: "rsync") else {
      throw StageError(
        .missingInput, "there is no rsync", where: "the folders of PATH", why: "runs of another machine are copied by it, over ssh",
        fix: "install rsync here and there (apt install rsync), or copy the folder results yourself and name it: FROM=folder")
    }
    try AtomicFile.makeDirectory(results)
    let name = "collect"
    for old in Leftovers.names(in: results, of: name) { try FileManager.default.removeItem(atPath: "\(results)/\(old)") }
    folder = AtomicFile.sidePath(of: "\(results)/\(name)")
    try AtomicFile.makeDirectory("\(folder)/runs")
    let words = ["--recursive", "--times", "-s"] + Self.filters(run) + ["--", "\(source)/runs/", "\(folder)/runs/"]
    do {
      let child = try ChildProcess(program, words, output: .inherited, errors: .captured)
      // 24: files that a training there has removed meanwhile.
      guard !child.wasKilled, [0, 24].contains(child.status) else {
        let text = String(decoding: child.errors, as: UTF8.self).split(separator: "\n").joined(separator: " ")
        throw StageError(
          .inputOutput, "runs of another machine are not copied", where: source, why: "rsync ended with \(child.status): \(text)",
          fix: "try ssh to this machine, and see that the path is a folder results with runs in it")
      }
    } catch {
      remove()
      throw error
    }
  }

  private static func filters(_ run: String?) -> [String] {
    let left = ["--exclude=/*/*/*/checkpoints/epoch-*", "--exclude=.*.part", "--exclude=*.replaced-*"]
    guard let run else { return left }
    let parts = run.split(separator: "/")
    let parents = parts.indices.map { "--include=/" + parts[...$0].joined(separator: "/") + "/" }
    return left + parents + ["--include=/\(run)/**", "--exclude=*"]
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }

  deinit { remove() }
}
