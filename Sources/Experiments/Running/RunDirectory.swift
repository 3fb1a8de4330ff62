import Foundation
import RunSupport

/// The folder of one run: `results/runs/<experiment>/<preset>/seed-<n>/`.
package struct RunDirectory: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  package var configuration: String { file("configuration.json") }
  package var metrics: String { file("metrics.csv") }
  package var log: String { file("log.jsonl") }
  package var kernels: String { file("kernels.csv") }
  package var provenance: String { file("provenance.json") }
  /// Written last; Make's target.
  package var summary: String { file("summary.json") }
  package var checkpoints: String { file("checkpoints") }

  /// Keeps other processes from training this run; a dead process holds nothing. The file lies beside the folder, which may be moved aside.
  package func lock() throws -> FileLock {
    try AtomicFile.makeDirectory((path as NSString).deletingLastPathComponent)
    return try FileLock(path: path + ".lock", holder: "training this run")
  }

  /// Makes the folder ready for a run of this configuration: an earlier run of another one is moved aside, never overwritten.
  ///
  /// - Returns: the folder to which an earlier run was moved.
  package func prepare(configuration text: String) throws -> String? {
    var moved: String?
    if let old = FileManager.default.contents(atPath: configuration), old != Data(text.utf8) {
      let target = path + ".replaced-" + FileHash.hex(of: old).prefix(8)
      if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
      try AtomicFile.rename(path, to: target)
      moved = target
    }
    try AtomicFile.makeDirectory(checkpoints)
    try AtomicFile.writeIfChanged(text, to: configuration)
    return moved
  }

  private func file(_ name: String) -> String { (path as NSString).appendingPathComponent(name) }
}
