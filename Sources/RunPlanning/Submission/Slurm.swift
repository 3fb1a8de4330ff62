import Foundation
import RunSupport

/// The scheduler Slurm, spoken to by its commands.
package struct Slurm: Sendable {
  /// Columns of `squeue`; the name comes last, because it may hold anything.
  private static let columns = "%i|%F|%K|%T|%r|%N|%j"

  package init() {}

  /// By these a user's environment would hide jobs, which would then be submitted again.
  private static let filters = ["STATES", "PARTITION", "ACCOUNT", "NAMES", "QOS", "LICENSES"].map { "SQUEUE_\($0)" }

  /// The jobs of this user, an element of an array each.
  ///
  /// - Throws: `StageError`: `missingInput` where Slurm is not installed, `retryLater` if it does not answer, `badData` for an answer that is
  ///   none.
  package func queue() throws -> [QueuedJob] {
    let text = try run("squeue", ["--noheader", "--array", "--user=\(getuid())", "--format=\(Self.columns)"]) { why in
      StageError(
        .retryLater, "the queue does not answer", where: "squeue", why: why,
        fix: "try again when Slurm's controller is there again (scontrol ping)")
    }
    return try text.split(separator: "\n").map { line in
      guard let job = QueuedJob(line: line) else {
        throw StageError(
          .badData, "an answer of the queue cannot be read", where: "squeue --format=\(Self.columns)",
          why: "a line of it is '\(line.prefix(200))'", fix: "see what squeue is here: a wrapper may print lines of its own")
      }
      return job
    }
  }

  /// The same for those who only look: nil where Slurm is not installed or does not answer.
  ///
  /// - Parameter warn: told why it does not answer.
  package func knownQueue(warn: (StageError) -> Void) -> [QueuedJob]? {
    guard ChildProcess.path(of: "squeue") != nil else { return nil }
    do {
      return try queue()
    } catch {
      warn(error as? StageError ?? StageError(wrapping: error))
      return nil
    }
  }

  /// Submits a script.
  ///
  /// - Parameters:
  ///   - options: besides those that the script names.
  ///   - folder: where the job begins.
  /// - Returns: the number of the job, or of the array.
  /// - Throws: `StageError`: `missingInput` where Slurm is not installed, `badConfiguration` if it refuses the job, `badData` for an answer
  ///   that is no number.
  package func submit(_ script: String, options: [String]) throws -> String {
    let text = try run("sbatch", ["--parsable"] + options + [script]) { why in
      StageError(
        .badConfiguration, "the scheduler refuses a job", where: script, why: why,
        fix:
          "see the lines #SBATCH of the file; SLURM_OPTIONS (--options) adds what this cluster asks for, such as \"--account=… --partition=…\", "
          + "and overrides the others")
    }
    // On a federation the cluster's name follows.
    let number = text.split(separator: "\n").last?.split(separator: ";").first.map(String.init) ?? ""
    guard !number.isEmpty, number.allSatisfy(\.isNumber) else {
      throw StageError(
        .badData, "the scheduler does not say the number of a job", where: "sbatch --parsable \(script)",
        why: "its answer is '\(text.prefix(200))'",
        fix: "see with squeue whether the job is there; the same command again submits only what is not")
    }
    return number
  }

  /// Takes a job out of the queue if it has not begun; one that is gone is no failure.
  package func cancelPending(_ job: String) throws {
    _ = try? run("scancel", ["--state=PENDING", job]) { why in
      StageError(.inputOutput, "a job is not cancelled", where: "scancel \(job)", why: why, fix: "cancel it by hand")
    }
  }

  /// What accounting says of jobs that are gone, by their numbers; nothing where there is no accounting.
  package func pastStates(of jobs: [String]) -> [String: String] {
    guard !jobs.isEmpty, ChildProcess.path(of: "sacct") != nil,
      let text = try? run(
        "sacct", ["--allocations", "--noheader", "--parsable2", "--format=JobID,State", "--jobs=" + jobs.joined(separator: ",")],
        refusal: { StageError(.inputOutput, "no accounting", where: "sacct", why: $0, fix: "none") })
    else { return [:] }
    let pairs = text.split(separator: "\n").map { $0.split(separator: "|", maxSplits: 1).map(String.init) }.filter { $0.count == 2 }
    return Dictionary(pairs.map { ($0[0], $0[1]) }) { $1 }
  }

  private func run(_ command: String, _ arguments: [String], refusal: (_ why: String) -> StageError) throws -> String {
    guard let path = ChildProcess.path(of: command) else {
      throw StageError(
        .missingInput, "there is no \(command)", where: "the folders of PATH", why: "Slurm is not installed here, or PATH does not name it",
        fix: "call it where jobs are submitted; DRY=1 (--dry-run) shows the jobs, and --list prints their commands for other schedulers")
    }
    let child = try ChildProcess(
      "/usr/bin/env", Self.filters.flatMap { ["-u", $0] } + [path] + arguments, output: .captured, errors: .captured)
    guard child.status == 0, !child.wasKilled else {
      let words = String(decoding: child.errors, as: UTF8.self).split(separator: "\n").joined(separator: " ")
      throw refusal(words.isEmpty ? "it ended with \(child.status) and without a word" : words)
    }
    return String(decoding: child.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// A job in the queue, or an element of an array of jobs.
package struct QueuedJob: Sendable, Equatable {
  /// `12`, of an element `12_3`.
  package var id: String
  /// The number of its array, or its own.
  package var arrayID: String
  /// Its place in the array; nil if it is none.
  package var index: Int?
  /// `PENDING`, `RUNNING` and their like.
  package var state: String
  /// Why it waits.
  package var reason: String
  package var node: String
  package var name: String

  package init(id: String, arrayID: String, index: Int?, state: String, reason: String, node: String, name: String) {
    (self.id, self.arrayID, self.index, self.state) = (id, arrayID, index, state)
    (self.reason, self.node, self.name) = (reason, node, name)
  }

  /// A line of `squeue`; nil if it is none.
  init?(line: Substring) {
    let fields = line.split(separator: "|", maxSplits: 6, omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard fields.count == 7, !fields[0].isEmpty, !fields[3].isEmpty else { return nil }
    self.init(
      id: fields[0], arrayID: fields[1], index: Int(fields[2]), state: fields[3], reason: fields[4], node: fields[5], name: fields[6])
  }

  package var isPending: Bool { state == "PENDING" }

  /// Whether it works, or is about to begin or to end.
  package var isRunning: Bool {
    ["RUNNING", "COMPLETING", "CONFIGURING", "SUSPENDED", "STOPPED", "SIGNALING", "STAGE_OUT"].contains(state)
  }
}
