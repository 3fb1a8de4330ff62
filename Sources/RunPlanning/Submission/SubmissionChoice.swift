import Catalogue
import RunSupport
import Runs

/// Which runs of a goal are to be submitted, and why the others are not.
package struct SubmissionChoice {
  /// In the order of the goal.
  package let runs: [SubmittedRun]
  package let finishedCount: Int
  /// In the queue, waiting or running, and those that a process without one trains now.
  package let underWayCount: Int

  /// - Parameters:
  ///   - results: the folder with `runs`.
  ///   - jobs: what was submitted before.
  package init(
    _ members: [RunSelection.Member], results: String, jobs: SubmittedJobs, on machine: Machine, hasGPU: Bool
  ) {
    var (runs, finished, underWay) = ([SubmittedRun](), 0, 0)
    // Two claims, or entries of the campaign, may name one run.
    var seen: Set<String> = []
    for member in members {
      for (seed, path) in zip(member.seeds, member.paths) where seen.insert(path).inserted {
        if member.experiment.finishTime(seed: seed, results: results) != nil {
          finished += 1
        } else if jobs.isUnderWay(path) || Lease.isHeld("\(results)/runs/\(path)") {
          underWay += 1
        } else {
          runs.append(SubmittedRun(member.experiment, seed: seed, on: machine, hasGPU: hasGPU))
        }
      }
    }
    (self.runs, finishedCount, underWayCount) = (runs, finished, underWay)
  }
}
