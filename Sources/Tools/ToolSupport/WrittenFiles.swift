import RunSupport

/// Says which files a tool has written, a line each; those whose content was the same are counted in one line at the end.
package struct WrittenFiles {
  private var unchangedCount = 0

  package init() {}

  package mutating func note(_ path: String, changed: Bool) {
    if changed { print("\(path): written") } else { unchangedCount += 1 }
  }

  /// Writes a text file if its content differs.
  ///
  /// - Throws: `StageError` (`inputOutput`).
  package mutating func write(_ text: String, to path: String) throws {
    note(path, changed: try AtomicFile.writeIfChanged(text, to: path))
  }

  /// Prints the last line.
  ///
  /// - Parameters:
  ///   - folder: where the files lie.
  ///   - things: what they are, in the plural: `tables`.
  package func finish(in folder: String, _ things: String) {
    if unchangedCount > 0 { print("\(folder): \(unchangedCount) \(things) unchanged") }
  }
}
