import Foundation

/// Standard error: progress, warnings and errors, for a person.
///
/// No result depends on a message, so one that cannot be written (a full disk, a closed pipe or terminal) is dropped and the work goes on.
package enum Messages {
  package static func line(_ text: String) { write(text + "\n") }

  package static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in withoutBrokenPipe { _ = writeAll(UnsafeRawBufferPointer(bytes), to: STDERR_FILENO) } }
  }

  /// Runs `body` on a thread that no closed pipe can end. The signal belongs to the thread that writes, so results on standard output, whose
  /// reader may have seen enough, end a tool as usual.
  private static func withoutBrokenPipe(_ body: () -> Void) {
    var (pipe, earlier) = (sigset_t(), sigset_t())
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    let wasPending = isPending(SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipe, &earlier)
    body()
    var signal: Int32 = 0
    if !wasPending && isPending(SIGPIPE) { sigwait(&pipe, &signal) }
    pthread_sigmask(SIG_SETMASK, &earlier, nil)
  }

  private static func isPending(_ signal: Int32) -> Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return sigismember(&pending, signal) == 1
  }
}

/// Writes all bytes to an open file, going on where a signal interrupts.
///
/// - Returns: false, with the reason in `errno`, if the system did not take them all.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var done = 0
  while done < bytes.count {
    let count = write(descriptor, bytes.baseAddress! + done, bytes.count - done)
    if count < 0 && errno == EINTR { continue }
    if count <= 0 { return false }
    done += count
  }
  return true
}
