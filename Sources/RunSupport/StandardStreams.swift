// The C library's `stdout` is a variable, which nothing here changes.
@preconcurrency import Foundation

/// What every tool does with its three standard streams, at its start and its end.
package enum StandardStreams {
  /// Opens what the parent has closed, so that no file of ours becomes a standard stream, and lets a limit of file sizes be an error of the
  /// write that meets it instead of the tool's end.
  package static func open() {
    // Each takes the lowest free number. Nothing can be read from them, and results that are written to one fail and are noticed.
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      _ = Foundation.open("/dev/null", O_RDONLY)
    }
    signal(SIGXFSZ) { _ in }
  }

  /// Ends the process when all that was printed is handed over, but without the last words of libraries: OpenBLAS waits for its threads, for
  /// ever if one of them finds no memory.
  package static func endProcess(_ code: Int32) -> Never {
    fflush(nil)
    _exit(code)
  }

  /// Hands over what `print` still holds; nothing may be printed afterwards.
  ///
  /// - Throws: `StageError` (`inputOutput`) if any result since the start was lost. A reader that closed its pipe ends the process with
  ///   SIGPIPE, as it ends any tool.
  package static func close() throws {
    let lostEarlier = ferror(stdout) != 0
    let status = fclose(stdout)
    let reason = status == 0 ? "an earlier part was not taken" : String(cString: strerror(errno))
    guard lostEarlier || status != 0 else { return }
    throw StageError(
      .inputOutput, "the results could not be written", where: "standard output", why: reason,
      fix: "check where it leads to and the free space there, and run the command again")
  }
}
