import Catalogue
import Foundation
import RunFixtures
import RunPlanning
import RunSupport
import Runs
import TestSupport
import Testing

@Suite(.temporaryFolder) struct FailureSummaryTests {
  private func selection(_ group: String, _ preset: Preset = .smoke, tasks: [String] = [], seeds: [UInt64] = []) throws -> RunSelection {
    try RunSelection(try ExperimentCatalogue.shared(), group: group, preset: preset, tasks: tasks, seeds: seeds)
  }

  private func note(_ tool: String, _ arguments: [String], _ what: String) -> FailureNote {
    FailureNote(
      tool: tool, arguments: arguments, failure: StageError(.missingInput, what, where: "here", why: "so it is", fix: "do better"))
  }

  @Test("runs that the same cause keeps from finishing stand together; one without a note says so") func causes() throws {
    let selection = try selection("lra", .paper, tasks: ["retrieval", "text"], seeds: [1])
    let lost = try #require(selection.members.first { $0.experiment.task == "text" }).experiment
    let done = try #require(selection.members.last { $0.experiment.task == "text" }).experiment
    try RunSummary.fixture(done, seed: 1).write(results: folder)
    let notes = [
      note("prepare-lra", ["download", "--raw", "\(folder)/raw/lra"], "no archive of the Long Range Arena"),
      note("train-model", ["--output", "\(folder)/runs/\(lost.id)/paper/seed-1"], "the loss is no number"),
    ]
    let text = FailureSummary(selection.members, notes: notes, results: folder, data: folder).text
    let total = selection.members.count
    #expect(text.hasPrefix("1 of \(total) runs are finished, \(total - 1) are not:\n"), "\(text)")
    #expect(
      text.contains(
        "  \(lost.id)/paper/seed-1\n    why: train-model: the loss is no number (here: so it is; exit code 66)\n    fix: do better\n"))
    #expect(text.components(separatedBy: "prepare-lra download: no archive").count == 2, "once for all of Retrieval")
    #expect(text.contains("no tool said so"))
    #expect(!text.contains("\(done.id)/paper/seed-1\n"))
  }

  @Test("a run that was finished after a tool had complained of it is finished") func finishedSince() throws {
    let selection = try selection("lra", .paper, tasks: ["text"], seeds: [1])
    let experiment = try #require(selection.members.first).experiment
    for member in selection.members { try RunSummary.fixture(member.experiment, seed: 1).write(results: folder) }
    func text(_ seconds: Double) -> String {
      var complaint = note(
        "train-model", ["--output", "\(folder)/runs/\(experiment.id)/paper/seed-1"], "another process is training this run")
      complaint.time = Date().addingTimeInterval(seconds)
      return FailureSummary(selection.members, notes: [complaint], results: folder, data: folder).text
    }
    #expect(text(-60) == "all \(selection.members.count) runs are finished\n")
    #expect(text(60).contains("train-model: another process is training this run"), "\(text(60))")
  }

  @Test("a group or task without an experiment is refused, and names what there is") func unknown() throws {
    let group = #expect(throws: StageError.self) { _ = try selection("delays") }
    #expect(group?.code == .usage && group?.remedy == "did you mean make reproduce-delay?", "\(String(describing: group))")
    let task = #expect(throws: StageError.self) { _ = try selection("lra", tasks: ["image", "imagination"]) }
    #expect(task?.what == "unknown task 'imagination' in TASKS: use image listops pathfinder pathx pathx256 retrieval text")
    #expect(try selection("all").members.allSatisfy { $0.experiment.group != "tiny" })
  }

  @Test("tools leave notes that can be read again, cut-off lines are passed over") func notes() throws {
    let path = folder + "/notes.jsonl"
    let written = note("train-model", ["--output", "a b"], "x")
    try EventLog(path: path).append(written)
    try AtomicFile.write(try String(contentsOfFile: path, encoding: .utf8) + "{\"tool\":", to: path)
    #expect(FailureNote.read(fromFile: path) == [written])
    #expect(written.argument("--output") == "a b")
    #expect(FailureNote.read(fromFile: folder + "/none") == [])
  }
}
