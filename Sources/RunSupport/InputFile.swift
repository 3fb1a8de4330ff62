import Foundation

/// A file that a user names or must have made.
package enum InputFile {
  /// Why a file is not there for this user; any other reason is the system's, and may be gone the next time.
  private static let absences = [ENOENT, ENOTDIR, EACCES, EPERM, ELOOP, ENAMETOOLONG]

  /// All of its bytes.
  ///
  /// - Throws: `StageError`: `missingInput` if there is no such file or it may not be read, `inputOutput` if the system does not give its
  ///   bytes.
  package static func data(_ path: String, fix: String) throws -> Data {
    let missing = StageError(.missingInput, "no file \(path)", where: path, why: "it does not exist or may not be read", fix: fix)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw absences.contains(errno) ? missing : AtomicFile.failure("read a file", path) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { throw missing }
    var data = Data(capacity: Int(max(0, status.st_size)))
    while let piece = try handle.piece(upTo: 1 << 20, of: path), !piece.isEmpty { data.append(piece) }
    return data
  }

  /// The names in a folder, in their order; none where there is no such folder.
  ///
  /// - Throws: `StageError` (`inputOutput`) if it cannot be read.
  package static func names(inFolder path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw AtomicFile.failure("read a folder", path, because: StageError.systemReason(of: error))
    }
  }
}
