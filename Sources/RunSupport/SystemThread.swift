import Foundation

/// A thread whose start can fail with an error; those of libraries try again for ever or stop the process.
package enum SystemThread {
  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs `body` on a new thread, for which nobody waits and which leaves signals to the main one.
  ///
  /// - Throws: `StageError` (`systemShortage`) if the system starts no more threads.
  package static func start(_ body: @escaping @Sendable () -> Void) throws {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // A thread inherits what is blocked.
    var (blocked, earlier) = (Interruption.signalSet, sigset_t())
    pthread_sigmask(SIG_BLOCK, &blocked, &earlier)
    defer { pthread_sigmask(SIG_SETMASK, &earlier, nil) }
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { context in
        if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard status == 0 else {
      work.release()
      throw StageError(
        .systemShortage, "the system starts no more threads", where: "this process", why: String(cString: strerror(status)),
        fix: "raise the limits of memory and processes (ulimit -v, ulimit -u, control group), run less at once, or use --threads 1")
    }
  }
}
