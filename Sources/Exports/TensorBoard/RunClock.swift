import Foundation
import RunSupport
import Runs

/// When the epochs of a run ended, from the starts of its sittings and the time that training took.
///
/// A sitting that went on in the middle of an epoch makes the epochs after it late by what of that epoch was done before.
struct RunClock {
  /// Seconds since 1970 at which training began; 0 where the run does not say it.
  let start: Double
  /// What a sitting began with: its time, steps, and seconds of training of the epochs before it.
  private let sittings: [(time: Double, step: Int, seconds: Double)]

  /// - Throws: `StageError` (`badData`) if `provenance.json` is there and cannot be read.
  init(_ run: FinishedRun, _ epochs: [EpochValues]) throws {
    let path = "\(run.directory)/provenance.json"
    let isThere = FileManager.default.fileExists(atPath: path)
    let provenance = isThere ? try JSONText.decode(Provenance.self, fromFile: path, madeBy: "make run again") : nil
    let format = ISO8601DateFormatter()
    sittings = (provenance?.sittings ?? []).compactMap { sitting in
      format.date(from: sitting.startedAt).map { date in
        (date.timeIntervalSince1970, sitting.firstStep, epochs.last { $0.step <= sitting.firstStep }?.seconds ?? 0)
      }
    }
    start = sittings.first?.time ?? 0
  }

  /// Seconds since 1970.
  func time(of epoch: EpochValues) -> Double {
    let sitting = sittings.last { $0.step < epoch.step } ?? (start, 0, 0)
    return sitting.time + max(0, (epoch.seconds ?? 0) - sitting.seconds)
  }
}
