import Foundation

/// A file by which a process holds something: `NAME.lease-3`. Its content names the owner, its time is that of the last renewal.
struct LeaseFile: Sendable {
  let path: String
  let number: Int
  /// Nil if the content cannot be read, as of a file that is being written.
  let owner: LeaseOwner?
  /// Seconds, by the clock of the file system.
  let renewed: Double

  /// All of a thing; usually one or none, more while one is taken over.
  ///
  /// - Throws: `StageError` (`inputOutput`) if the folder cannot be read.
  static func all(of path: String) throws -> [LeaseFile] {
    let (folder, name) = ((path as NSString).deletingLastPathComponent, (path as NSString).lastPathComponent)
    let start = "\(name).lease-"
    return try InputFile.names(inFolder: folder.isEmpty ? "." : folder).filter { $0.hasPrefix(start) }
      .compactMap { entry in Int(entry.dropFirst(start.count)).flatMap { LeaseFile(of: path, number: $0) } }
      .sorted { $0.number < $1.number }
  }

  static func path(of path: String, number: Int) -> String { "\(path).lease-\(number)" }

  /// Nil if it is not there (any more).
  init?(of path: String, number: Int) {
    self.path = Self.path(of: path, number: number)
    self.number = number
    // Network folders ask their server for the present state of a file when it is opened.
    let descriptor = open(self.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard let time = Self.time(of: descriptor) else { return nil }
    renewed = time
    owner = Self.owner(in: descriptor)
  }

  /// Whether it is the lease of the same owner, renewed or not.
  func isSame(as other: LeaseFile) -> Bool { number == other.number && owner?.token == other.owner?.token }

  /// Makes the file of a new lease, unless there is one of this number.
  ///
  /// It is written aside and linked to its name, which only one process can do, and then read.
  ///
  /// - Returns: nil if another process has been faster.
  /// - Throws: `StageError` (`inputOutput`).
  static func make(of path: String, number: Int, owner: LeaseOwner) throws -> LeaseFile? {
    let text = Data(try JSONText.encode(owner).utf8)
    Leftovers.removeFilesOnce(from: (path as NSString).deletingLastPathComponent)
    let side = AtomicFile.sidePath(of: "\(path).\(owner.token)")
    let descriptor = try write(text, to: side, flags: O_TRUNC)
    defer {
      unlink(side)
      close(descriptor)
    }
    let target = Self.path(of: path, number: number)
    if link(side, target) != 0 {
      switch errno {
      case EEXIST: break
      // The file system knows one name of a file.
      case EPERM, EOPNOTSUPP, ENOSYS, EMLINK:
        do { close(try write(text, to: target, flags: O_EXCL)) } catch { if access(target, F_OK) != 0 { throw error } }
      default: throw AtomicFile.failure("make a lease", target)
      }
    }
    let made = LeaseFile(of: path, number: number)
    return made?.owner?.token == owner.token ? made : nil
  }

  /// - Returns: the descriptor, whose lock says that the file is no leftover; the caller closes it.
  private static func write(_ text: Data, to path: String, flags: Int32) throws -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o644)
    guard descriptor >= 0 else { throw AtomicFile.failure("make a lease", path) }
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
    guard text.withUnsafeBytes({ writeAll($0, to: descriptor) }) else {
      let failure = AtomicFile.failure("write a lease", path)
      unlink(path)
      close(descriptor)
      throw failure
    }
    return descriptor
  }

  /// What a look at the file of an own lease finds.
  enum Look {
    case own
    /// Gone, or another's.
    case lost
    /// The system does not give it, for the reason that `errno` said.
    case unknown(Int32)
  }

  /// - Parameter renews: whether its time is set to now, by the clock of the file system.
  static func look(at path: String, token: String, renews: Bool) -> Look {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [ENOENT, ESTALE].contains(errno) ? .lost : .unknown(errno) }
    defer { close(descriptor) }
    errno = 0
    guard let owner = owner(in: descriptor) else { return errno == 0 || errno == ESTALE ? .lost : .unknown(errno) }
    guard owner.token == token else { return .lost }
    if renews, futimens(descriptor, nil) != 0 { return .unknown(errno) }
    return .own
  }

  /// The time of now, by the clock of a folder's file system, whatever the clocks of machines say. Where nothing can be written, that of this
  /// machine.
  static func now(beside path: String) -> Double {
    let side = AtomicFile.sidePath(of: "\(path).clock-\(UUID().uuidString)")
    let descriptor = open(side, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return Date().timeIntervalSince1970 }
    defer {
      unlink(side)
      close(descriptor)
    }
    return (futimens(descriptor, nil) == 0 ? time(of: descriptor) : nil) ?? Date().timeIntervalSince1970
  }

  private static func time(of descriptor: Int32) -> Double? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    return Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
  }

  private static func owner(in descriptor: Int32) -> LeaseOwner? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? try? JSONDecoder().decode(LeaseOwner.self, from: Data(bytes[..<count])) : nil
  }
}
