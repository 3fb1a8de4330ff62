import Foundation
import Operations
import RunSupport
import Training

/// Everything needed to judge how a run came about: `provenance.json`.
package struct Provenance: Codable, Sendable, Equatable {
  /// One process that worked on the run; an interrupted run has several.
  package struct Sitting: Codable, Sendable, Equatable {
    package var startedAt: String
    /// Optimiser steps done before.
    package var firstStep: Int
    package var code: CodeRevision
    package var numerics: NumericEnvironment
    package var compiler: String
    package var processor: String
    /// What trained, with the processor at its side; absent where our own engine did.
    package var device: ComputingDevice.Description?
    /// Of each process.
    package var threads: Int
    /// Processes that shared the run; absent for one.
    package var ranks: Int?
    package var fingerprint: String
    /// It continued although its fingerprint was not that of the checkpoint.
    package var forced: Bool
    /// SHA-256 of the rules of the claims that the run helps to decide, as they were then.
    package var claimRules: [String: String]?
  }

  package var sittings: [Sitting] = []
  package var dataCards: [RunSummary.DataCard]
  package var unofficialData: Bool
  package var finishedAt: String?
  package var wallSeconds: Double?
  package var peakMemoryMB: Double?

  package init(dataCards: [RunSummary.DataCard], unofficialData: Bool) {
    self.dataCards = dataCards
    self.unofficialData = unofficialData
  }

  package mutating func begin(
    _ process: RunningProcess, firstStep: Int, forced: Bool, ranks: Int = 1, claimRules: [String: String]
  ) {
    sittings.append(
      Sitting(
        startedAt: Self.timestamp(), firstStep: firstStep, code: process.code, numerics: process.numerics, compiler: process.compiler,
        processor: process.processor, device: process.device, threads: Parallel.threadCount, ranks: ranks == 1 ? nil : ranks,
        fingerprint: process.fingerprint, forced: forced,
        claimRules: claimRules.isEmpty ? nil : claimRules))
  }

  /// The rules that were the same in all sittings: one that was changed after the run began decides nothing of it.
  package var claimRules: [String: String] {
    guard let first = sittings.first?.claimRules else { return [:] }
    return first.filter { id, rule in sittings.allSatisfy { $0.claimRules?[id] == rule } }
  }

  package mutating func finish(wallSeconds: Double) {
    finishedAt = Self.timestamp()
    self.wallSeconds = wallSeconds
    peakMemoryMB = ResourceUsage.peakMemoryMB
  }

  private static func timestamp() -> String { ISO8601DateFormatter().string(from: Date()) }
}
