import Foundation

extension StageError {
  /// Another library's error in the four-part form: a failed file operation, or a mistake of ours if it is anything else.
  package init(wrapping error: any Error) {
    let details = error as NSError
    let isFileError =
      details.domain == NSPOSIXErrorDomain || (details.domain == NSCocoaErrorDomain && (0..<1024).contains(details.code))
    guard isFileError else {
      self.init(
        .internalBug, "an internal error", where: "this program", why: "\(error)",
        fix: "this is a mistake of ours; report it with this message and the command")
      return
    }
    let path = details.userInfo[NSFilePathErrorKey] as? String ?? (details.userInfo[NSURLErrorKey] as? URL)?.path
    self.init(
      .inputOutput, "cannot read or write a file", where: path ?? "a file that the system does not name",
      why: Self.systemReason(of: error), fix: "check the path, its permissions and the free space of the disk")
  }

  /// The system's own words, such as "Not a directory", below Foundation's wrappings.
  static func systemReason(of error: any Error) -> String {
    let details = error as NSError
    if details.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(truncatingIfNeeded: details.code))) }
    if let cause = details.userInfo[NSUnderlyingErrorKey] as? any Error { return systemReason(of: cause) }
    return details.localizedDescription
  }
}

extension FileHandle {
  /// The next bytes of the file `path`, nil or empty at its end.
  ///
  /// - Throws: `StageError` (`inputOutput`), for example if `path` is a folder.
  package func piece(upTo count: Int, of path: String) throws -> Data? {
    do {
      return try read(upToCount: count)
    } catch {
      throw AtomicFile.failure("read a file", path, because: StageError.systemReason(of: error))
    }
  }
}
