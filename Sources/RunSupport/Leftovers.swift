import Foundation
import Synchronization

/// What processes left half written when they were killed: files and folders named `.NAME.PID-TOKEN.part`.
package enum Leftovers {
  /// Folders that this process has looked through.
  private static let visited = Mutex<Set<String>>([])

  /// Removes the side files of dead processes from a folder, once in the life of this process.
  ///
  /// Folders stay: who makes one holds a lock and removes those before it. A writer on another machine, whose number says nothing here,
  /// holds the lock of its side file.
  static func removeFilesOnce(from folder: String) {
    guard visited.withLock({ $0.insert(folder).inserted }) else { return }
    for name in names(in: folder) {
      let path = (folder as NSString).appendingPathComponent(name)
      let descriptor = open(path, O_RDWR | O_CLOEXEC)  // fails for folders
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
      close(descriptor)
    }
  }

  /// Names of what dead processes left in a folder.
  ///
  /// - Parameter name: only what was to become this.
  package static func names(in folder: String, of name: String? = nil) -> [String] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    return entries.filter { entry in
      guard let match = entry.wholeMatch(of: /\.(.+)\.([0-9]+)(?:-[0-9a-f]+)?\.part(\.old)?/), name.map({ $0 == match.1 }) ?? true,
        let process = pid_t(match.2)
      else { return false }
      return kill(process, 0) != 0 && errno == ESRCH
    }
  }
}
