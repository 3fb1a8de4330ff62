import Catalogue
import Foundation
import RunFixtures
import RunPlanning
import RunSupport
import TestSupport
import Testing

/// What is known of submitted runs, from the queue and the notes of their jobs.
@Suite(.temporaryFolder) struct SubmittedJobsTests {
  private static let runs = (1...6).map { "tiny-listops-tfb/smoke/seed-\($0)" }

  private func record(_ number: Int, runs: [String] = runs, data: Bool = false) throws {
    let record = SubmissionRecord(
      goal: "t", presets: ["smoke"],
      arrays: [SubmissionRecord.Array(file: "1h-2gb", name: "ssm-t-\(number)-1h-2gb-m", job: "\(number)0", runs: runs)],
      data: data ? SubmissionRecord.Job(name: "ssm-t-\(number)-data-m", job: "\(number)1", prepares: ["lra/listops"]) : nil, finish: nil)
    try AtomicFile.write(try JSONText.encode(record), to: "\(folder)/jobs/t-\(number)/submission.json")
  }

  private func note(_ number: Int, _ file: String, _ lines: String...) throws {
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: "\(folder)/jobs/t-\(number)/notes/\(file)")
  }

  private func queued(_ number: Int, _ index: Int, _ state: String, reason: String = "None", node: String = "") -> QueuedJob {
    QueuedJob(
      id: "\(number)0_\(index)", arrayID: "\(number)0", index: index, state: state, reason: reason, node: node,
      name: "ssm-t-\(number)-1h-2gb-m")
  }

  private func states(_ queue: [QueuedJob]?, past: [String: String] = [:]) throws -> [SubmittedJobs.State?] {
    let jobs = try SubmittedJobs(results: folder, queue: queue) { asked in past.filter { asked.contains($0.key) } }
    return Self.runs.map { jobs.states[$0] }
  }

  @Test("queued, running, failed with the reason, done") func everyState() throws {
    try record(1)
    try note(1, "1h-2gb-3", "1 started n1", "2 requeued limit", "3 started n2", "4 ended 75 nothing was saved within its hours")
    try note(1, "1h-2gb-4", "1 started n1", "4 ended 78")
    try AtomicFile.write(
      #"{"tool":"train-model","arguments":[],"exitCode":78,"what":"no memory","location":"l","why":"it is small","remedy":"r"}"# + "\n",
      to: "\(folder)/jobs/t-1/notes/1h-2gb-4.jsonl")
    try note(1, "1h-2gb-5", "1 started n1")
    try note(1, "1h-2gb-6", "1 started n1", "4 ended 0")
    let queue = [queued(1, 1, "PENDING", reason: "Priority"), queued(1, 2, "RUNNING", node: "n7")]
    #expect(
      try states(queue, past: ["10_5": "CANCELLED by 7", "10_4": "FAILED"]) == [
        .queued("job 10_1, Priority"), .running("job 10_2 on n7"), .failed("nothing was saved within its hours; exit code 75"),
        .failed("train-model: no memory (it is small); exit code 78"),
        .failed("its job ended without a word: cancelled, killed, or its node failed (CANCELLED by 7)"), nil,
      ])
    #expect(try states(nil) == [nil, nil, nil, nil, nil, nil], "without a queue nobody knows what still runs")
  }

  @Test("a later submission counts; jobs that never began were cancelled, or their data failed") func later() throws {
    try record(1)
    try note(1, "1h-2gb-1", "1 started n1", "4 ended 75 why")
    try record(2, runs: [Self.runs[0]])
    #expect(try states([queued(2, 1, "PENDING", reason: "Resources")])[0] == .queued("job 20_1, Resources"))
    #expect(try states([])[0] == .failed("cancelled before it began"))
    try record(3, runs: [Self.runs[0]], data: true)
    try note(3, "data", "1 started n1", "4 ended 75")
    #expect(try states([])[0] == .failed("its data were not prepared: exit code 75"))
    try AtomicFile.write("no JSON", to: "\(folder)/jobs/t-4/submission.json")
    #expect(try states([])[0] == .failed("its data were not prepared: exit code 75"), "a record that cannot be read is none")
  }

  @Test("the status of a run knows its job; a result comes before all of it") func status() throws {
    try record(1)
    let tiny = try ExperimentCatalogue.shared().resolve(id: "tiny-listops-tfb", preset: .smoke)
    func status(_ queue: [QueuedJob]) throws -> RunStatus {
      RunStatus.of(tiny, seed: 1, results: folder, revision: nil, jobs: try SubmittedJobs(results: folder, queue: queue))
    }
    #expect(try status([queued(1, 1, "PENDING", reason: "Priority")]).text == "queued: job 10_1, Priority")
    #expect(try status([queued(1, 1, "COMPLETING", node: "n1")]).text == "running: job 10_1 on n1")
    #expect(try status([queued(1, 1, "REQUEUE_HOLD")]).text == "queued: job 10_1, REQUEUE_HOLD")
    #expect(try status([]).text == "failed: cancelled before it began")
    #expect(try SubmittedJobs(results: folder, queue: []).seeds(of: tiny) == [1, 2, 3, 4, 5, 6])
  }
}
