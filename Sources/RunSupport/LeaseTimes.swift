import Foundation

/// How often a lease is renewed, and when it is over.
package struct LeaseTimes: Sendable, Equatable {
  /// Seconds between renewals.
  package let renewal: Double

  /// Seconds without a renewal after which another process may take it: three renewals may fail or be late, because a disk is busy or a server
  /// starts again, and the time of a fourth is for what network folders remember of a file.
  package var limit: Double { 4 * renewal }

  package init(renewal: Double) { self.renewal = renewal }

  package static let usual = LeaseTimes(renewal: 30)

  /// Names other seconds than the usual ones between renewals, for tests; each lease says its own, so that processes need not agree.
  package static let variable = "SSM_LEASE_SECONDS"

  /// Those of this process.
  ///
  /// - Throws: `StageError` (`usage`) for a text of the variable that is no number of seconds.
  package static func current() throws -> LeaseTimes {
    guard let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty else { return usual }
    guard let renewal = Double(text), (0.01...3600).contains(renewal) else {
      throw StageError(
        .usage, "impossible \(variable) '\(text)'", where: "the environment", why: "it is no number of seconds from 0.01 to 3600",
        fix: "leave it out: leases are then renewed every \(usual.renewal.formatted()) s")
    }
    return LeaseTimes(renewal: renewal)
  }
}
