import Foundation
import Synchronization

/// Signals that ask a long job to save its state and end.
///
/// TERM and USR1 come from a batch system that will start the job again, INT from a person at the keyboard.
package enum Interruption {
  package enum Request: Int, Sendable, Equatable {
    /// Save a checkpoint, then end with `retryLater` (75), which tells the batch system to queue the job again.
    case checkpointAndRetry = 1
    /// Save a checkpoint, then end with `interrupted` (130).
    case checkpointAndStop = 2

    package var exitCode: StageError.Code { self == .checkpointAndRetry ? .retryLater : .interrupted }
  }

  /// 0, or the raw value of the request.
  private static let state = Atomic<Int>(0)

  /// What a signal asked for since the start; one atomic read, so it may be polled in every step.
  package static var requested: Request? { Request(rawValue: state.load(ordering: .relaxed)) }

  /// Catches TERM, USR1 and INT from now on. A second INT ends the process at once with 130.
  package static func install() {
    _ = requested  // makes the variable before a handler can need it
    signal(SIGTERM) { _ in Interruption.remember(.checkpointAndRetry) }
    signal(SIGUSR1) { _ in Interruption.remember(.checkpointAndRetry) }
    signal(SIGINT) { _ in Interruption.remember(.checkpointAndStop) }
    // A parent may have blocked them, and a process inherits that.
    var caught = sigset_t()
    sigemptyset(&caught)
    for number in [SIGTERM, SIGUSR1, SIGINT] { sigaddset(&caught, number) }
    pthread_sigmask(SIG_UNBLOCK, &caught, nil)
  }

  /// Runs inside a signal handler: nothing but atomics and `_exit`. A person's wish overrides the batch system's.
  private static func remember(_ request: Request) {
    switch request {
    case .checkpointAndRetry:
      _ = state.compareExchange(expected: 0, desired: request.rawValue, ordering: .relaxed)
    case .checkpointAndStop:
      if state.exchange(request.rawValue, ordering: .relaxed) == request.rawValue { _exit(StageError.Code.interrupted.rawValue) }
    }
  }
}
