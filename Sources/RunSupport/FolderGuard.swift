import Synchronization

/// A condition under which this process may put files into a folder: `AtomicFile` asks it before each rename into the folder or one below it.
package final class FolderGuard: Sendable {
  private struct Entry {
    let folder: String
    let check: @Sendable () throws -> Void
  }

  private static let entries = Mutex<[ObjectIdentifier: Entry]>([:])

  /// Lasts as long as this value.
  ///
  /// - Parameter check: throws if nothing may be put there any more; called on the thread that renames.
  package init(of folder: String, check: @escaping @Sendable () throws -> Void) {
    Self.entries.withLock { $0[ObjectIdentifier(self)] = Entry(folder: folder, check: check) }
  }

  deinit { _ = Self.entries.withLock { $0.removeValue(forKey: ObjectIdentifier(self)) } }

  /// Asks the guards of the folders that hold a path.
  ///
  /// - Throws: what the first of them that refuses throws.
  package static func check(_ path: String) throws {
    let checks = entries.withLock { entries in entries.values.filter { path.hasPrefix($0.folder + "/") }.map(\.check) }
    for check in checks { try check() }
  }
}
