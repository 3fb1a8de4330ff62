import Foundation
import Synchronization

/// Another program, run to its end.
package struct ChildProcess: Sendable {
  /// Where one of the program's streams goes.
  package enum Stream: Sendable {
    case captured, discarded, inherited
  }

  /// The exit code, or the number of the signal that ended the program.
  package let status: Int32
  package let wasKilled: Bool
  /// What it wrote to standard output, if captured.
  package let output: Data
  /// What it wrote to standard error, if captured.
  package let errors: Data

  /// Runs a program and waits for its end.
  ///
  /// The system's own calls, because Foundation's start threads, for which it waits for ever where they cannot start.
  ///
  /// - Parameters:
  ///   - environment: variables that differ from those of this process.
  ///   - passesSignals: whether signals that `Interruption` catches reach it too; only one at a time can be told.
  /// - Throws: `StageError` (`inputOutput`) if the program does not start.
  package init(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:], output: Stream, errors: Stream,
    passesSignals: Bool = false
  ) throws(StageError) {
    let pipes = [output == .captured ? try Pipe(for: executable) : nil, errors == .captured ? try Pipe(for: executable) : nil]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (stream, target, pipe) in [(output, STDOUT_FILENO, pipes[0]), (errors, STDERR_FILENO, pipes[1])] {
      if let pipe { posix_spawn_file_actions_adddup2(&actions, pipe.writing, target) }
      if stream == .discarded { posix_spawn_file_actions_addopen(&actions, target, "/dev/null", O_WRONLY, 0) }
    }
    // What other threads have open is no business of the program: a script that one is writing could not be started as long as it runs.
    _ = Self.closeFrom?(&actions, STDERR_FILENO + 1)
    let identifier = try Self.start(
      executable, arguments, environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, &actions)
    if passesSignals { Interruption.tell(identifier) }
    for pipe in pipes { pipe?.closeWriting() }
    // Nothing else holds the pipes, which close their ends.
    let texts = withExtendedLifetime(pipes) { Self.read(pipes.map { $0?.reading }) }
    if passesSignals {
      // As long as nobody has asked for its end, its number is no other's.
      var ended = siginfo_t()
      while waitid(P_PID, id_t(identifier), &ended, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
      Interruption.stopTelling()
    }
    var end: Int32 = 0
    while waitpid(identifier, &end, 0) < 0 && errno == EINTR {}
    // As the macros WTERMSIG and WEXITSTATUS take it apart.
    wasKilled = end & 0x7F != 0
    status = wasKilled ? end & 0x7F : end >> 8 & 0xFF
    (self.output, self.errors) = (texts[0], texts[1])
  }

  private typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

  /// Closes this and all higher descriptors in the program. The C library has it since 2.34, and shows it to GNU sources alone.
  private static let closeFrom = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map { unsafeBitCast($0, to: CloseFrom.self) }

  /// Attempts to start a program whose file is busy, 10 ms apart.
  private static let busyAttempts = 100

  /// Held while a program starts, and while a pipe is not yet kept from programs that other threads start.
  private static let starting = Mutex(())

  private static func start(
    _ executable: String, _ arguments: [String], environment: [String: String], _ actions: inout posix_spawn_file_actions_t
  ) throws(StageError) -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What this thread blocks is no business of the program.
    var nothing = sigset_t()
    sigemptyset(&nothing)
    posix_spawnattr_setsigmask(&attributes, &nothing)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let words = ([executable] + arguments).map { strdup($0) }
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for text in words + variables { free(text) } }
    var identifier: pid_t = 0
    func attempt() -> Int32 {
      starting.withLock { _ in posix_spawn(&identifier, executable, &actions, &attributes, words + [nil], variables + [nil]) }
    }
    var status = attempt()
    // A file that was just written may still be open in a program that another thread is about to start.
    for _ in 0..<busyAttempts where status == ETXTBSY {
      usleep(10_000)
      status = attempt()
    }
    guard status == 0 else {
      throw StageError(
        .inputOutput, "a program does not start", where: executable, why: String(cString: strerror(status)),
        fix: "check that it is installed and may be run")
    }
    return identifier
  }

  /// Both ends of a pipe, which no other program inherits.
  private final class Pipe {
    let reading: Int32
    private(set) var writing: Int32

    init(for executable: String) throws(StageError) {
      var ends: [Int32] = [-1, -1]
      let status = ChildProcess.starting.withLock { _ in
        let status = pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return status
      }
      guard status == 0 else { throw AtomicFile.failure("make a pipe", executable) }
      (reading, writing) = (ends[0], ends[1])
    }

    /// Else the end of what another process writes would never come.
    func closeWriting() {
      close(writing)
      writing = -1
    }

    deinit {
      close(reading)
      if writing >= 0 { close(writing) }
    }
  }

  /// Everything that comes through pipes, by turns: a program that fills one while another is read would wait for ever.
  private static func read(_ descriptors: [Int32?]) -> [Data] {
    var texts = descriptors.map { _ in Data() }
    // Negative ones are passed over.
    var open = descriptors.map { pollfd(fd: $0 ?? -1, events: Int16(POLLIN), revents: 0) }
    var piece = [UInt8](repeating: 0, count: 65_536)
    while open.contains(where: { $0.fd >= 0 }) {
      guard poll(&open, nfds_t(open.count), -1) > 0 else { continue }
      for index in open.indices where open[index].revents != 0 {
        let count = Foundation.read(open[index].fd, &piece, piece.count)
        if count > 0 {
          texts[index].append(contentsOf: piece[..<count])
        } else if count == 0 || errno != EINTR {
          open[index].fd = -1
        }
      }
    }
    return texts
  }

  /// Where the folders of `PATH` have a program; nil if they do not.
  package static func path(of command: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(command)" }.first { access($0, X_OK) == 0 }
  }

  /// The path of the program that runs now.
  package static var ownExecutable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }
}
