import Foundation
import Synchronization

/// Signals that ask a long job to save its state and end.
///
/// TERM and USR1 come from a batch system that will start the job again, HUP from a terminal that closed, INT from a person at the keyboard.
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
  /// When TERM or INT came first, in milliseconds of the monotonic clock; 0 before.
  private static let firstAsked = Atomic<Int>(0)
  /// The number of the process that is told too; 0 if there is none.
  private static let child = Atomic<pid_t>(0)
  /// Make, `timeout` and batch systems send TERM to a process and at the same time to its group; this is not yet a second wish.
  private static let millisecondsOfOneWish = 1000

  /// The signals that are caught, for threads that shall not be interrupted by them.
  static let signals = [SIGTERM, SIGUSR1, SIGHUP, SIGINT]

  /// What a signal asked for since the start; one atomic read, so it may be polled in every step.
  package static var requested: Request? { Request(rawValue: state.load(ordering: .relaxed)) }

  /// Catches TERM, USR1, HUP and INT from now on. A second INT, or TERM a second or more behind another TERM or INT, ends the process at once.
  package static func install() {
    // Makes the variables before a handler can need them
    _ = (requested, firstAsked.load(ordering: .relaxed), child.load(ordering: .relaxed), millisecondsOfOneWish)
    signal(SIGTERM) { _ in
      Interruption.remember(.checkpointAndRetry)
      Interruption.tellChild(SIGTERM)
      if Interruption.hasAskedBefore() { _exit((Interruption.requested ?? .checkpointAndRetry).exitCode.rawValue) }
    }
    signal(SIGUSR1) { _ in
      Interruption.remember(.checkpointAndRetry)
      Interruption.tellChild(SIGUSR1)
    }
    if !isIgnored(SIGHUP) {
      signal(SIGHUP) { _ in
        Interruption.remember(.checkpointAndRetry)
        Interruption.tellChild(SIGHUP)
      }
    }
    signal(SIGINT) { _ in
      // A terminal sends INT to both, and a second one would end the child at once; beside it TERM means the same.
      Interruption.tellChild(SIGTERM)
      if Interruption.requested == .checkpointAndStop { _exit(StageError.Code.interrupted.rawValue) }
      Interruption.remember(.checkpointAndStop)
      _ = Interruption.hasAskedBefore()
    }
    // A parent may have blocked them, and a process inherits that.
    var caught = signalSet
    pthread_sigmask(SIG_UNBLOCK, &caught, nil)
  }

  /// Lets signals reach a child too, from now on until `stopTelling`. One that came before is passed on now.
  static func tell(_ process: pid_t) {
    child.store(process, ordering: .sequentiallyConsistent)
    if requested != nil { kill(process, SIGTERM) }
  }

  static func stopTelling() { child.store(0, ordering: .sequentiallyConsistent) }

  /// `signals` as the system wants them.
  static var signalSet: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in signals { sigaddset(&set, number) }
    return set
  }

  // What follows runs inside signal handlers: nothing but atomics, the clock, `kill` and `_exit`.

  private static func tellChild(_ signal: Int32) {
    let process = child.load(ordering: .relaxed)
    if process > 0 { kill(process, signal) }
  }

  /// A person's wish overrides the batch system's.
  private static func remember(_ request: Request) {
    switch request {
    case .checkpointAndRetry: _ = state.compareExchange(expected: 0, desired: request.rawValue, ordering: .relaxed)
    case .checkpointAndStop: state.store(request.rawValue, ordering: .relaxed)
    }
  }

  /// Whether this is a second wish, and not a part of the first.
  private static func hasAskedBefore() -> Bool {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let now = 1 + time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    let (isFirst, first) = firstAsked.compareExchange(expected: 0, desired: now, ordering: .relaxed)
    return !isFirst && now - first >= millisecondsOfOneWish
  }

  /// As `nohup` leaves it.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
