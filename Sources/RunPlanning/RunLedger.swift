import Foundation
import RunSupport

/// The runs of a goal as they stood when Make began with it; the summaries that are there now tell how far it is.
package struct RunLedger: Codable, Sendable, Equatable {
  package struct Run: Codable, Sendable, Equatable {
    /// Its folder.
    package var folder: String
    /// Whether Make found it finished.
    package var wasFinished: Bool
    /// What it was expected to take; nil where no machine was measured.
    package var expectedSeconds: Double?
  }

  /// `reproduce-lra, preset smoke`.
  package var goal: String
  /// How many are made at a time.
  package var jobs: Int
  package var began: Date
  package var runs: [Run]

  /// - Parameters:
  ///   - results: the folder with `runs`.
  ///   - machine: whose speed the expected times are for.
  ///   - again: paths below `runs` of what is made although it is finished.
  package init(
    goal: String, members: [RunSelection.Member], results: String, machine: Machine?, jobs: Int, again: Set<String> = [],
    began: Date = Date()
  ) {
    (self.goal, self.jobs, self.began) = (goal, jobs, began)
    runs = members.flatMap { member in
      let seconds = machine.map { RunCost(member.experiment, on: $0).hours * 3600 }
      return zip(member.seeds, member.paths).map { seed, path in
        Run(
          folder: "\(results)/runs/\(path)",
          wasFinished: !again.contains(path) && member.experiment.finishTime(seed: seed, results: results) != nil, expectedSeconds: seconds)
      }
    }
  }

  /// `reproduce-lra, preset smoke: 3 of 16 runs finished, about 40 min left`; nil where there is but one run.
  package var text: String? {
    guard runs.count > 1 else { return nil }
    let open = runs.filter { !isFinished($0) }
    if open.isEmpty { return "\(goal): all \(runs.count) runs finished" }
    let rest = secondsLeft(open).map { ", about \(Self.text(seconds: $0)) left" } ?? ""
    return "\(goal): \(runs.count - open.count) of \(runs.count) runs finished\(rest)"
  }

  /// Finished since Make began. An earlier summary may lie there until its run is moved aside.
  private func isNew(_ run: Run) -> Bool {
    FileManager.default.modificationDate(of: "\(run.folder)/summary.json").map { $0 >= began } ?? false
  }

  private func isFinished(_ run: Run) -> Bool { run.wasFinished || isNew(run) }

  /// Expected times, as much too long or too short as those of the runs that have been made meanwhile.
  private func secondsLeft(_ open: [Run]) -> Double? {
    let expected = open.compactMap(\.expectedSeconds)
    guard expected.count == open.count else { return nil }
    struct Time: Decodable { var wallSeconds: Double }
    let made = runs.filter { !$0.wasFinished && isNew($0) }.compactMap { run -> (took: Double, expected: Double)? in
      guard let time = try? JSONText.decode(Time.self, fromFile: "\(run.folder)/summary.json", madeBy: "make run"),
        let expected = run.expectedSeconds
      else { return nil }
      return (time.wallSeconds + RunCost.startSeconds, expected)
    }
    let pace = made.isEmpty ? 1 : made.map(\.took).reduce(0, +) / made.map(\.expected).reduce(0, +)
    return pace * expected.reduce(0, +) / Double(max(1, min(jobs, open.count)))
  }

  /// `40 s`, `12 min`, `5 h`, `3 days`.
  private static func text(seconds: Double) -> String {
    for (unit, length, limit) in [("s", 1.0, 90.0), ("min", 60, 5400), ("h", 3600, 172_800)] where seconds < limit {
      return "\(max(1, Int((seconds / length).rounded()))) \(unit)"
    }
    return "\(Int((min(seconds, 1e12) / 86400).rounded())) days"
  }
}
