import Foundation
import RunSupport

extension Bench {
  /// Attacks one call, calls again undisturbed and judges both.
  ///
  /// - Parameter folder: of this trial alone; deleted unless it failed.
  func judge(_ trial: Trial, in folder: String) throws -> (verdict: Verdict, line: String) {
    try prepare(trial.workload, in: folder)
    try trial.before(folder)
    var command = command(trial.workload, in: folder)
    try trial.disturb(&command, folder)
    let outcome = try run(command, in: folder)
    let verdict: Verdict
    do {
      defer { trial.after(folder) }
      verdict = try fault(of: outcome, trial, in: folder).map(Verdict.failed) ?? mended(outcome, trial, in: folder)
    }
    if case .failed = verdict {} else { try? FileManager.default.removeItem(atPath: folder) }
    return (verdict, command.line)
  }

  /// What is wrong with the attacked call itself.
  private func fault(of outcome: Outcome, _ trial: Trial, in folder: String) throws -> String? {
    if let signal = outcome.signal { return signal == trial.deadlySignal ? nil : "crash: signal \(signal)" }
    guard case .exit(let code) = outcome.end else { return "hangs: no end within \(Int(timeLimit)) s" }
    guard code == 0 else { return outcome.complaint.isEmpty && !trial.isMute ? "no word: exit code \(code) without an error" : nil }
    if trial.mustFail { return "silent: exit code 0, but its output is lost" }
    let whole = reference(trial.workload)
    if trial.workload.isQuery {
      return trial.hidesOutput || outcome.output == whole.output ? nil : "silent: exit code 0, but its output differs"
    }
    return FolderContent("\(folder)/made").loss(against: whole.content).map { "silent: exit code 0, but \($0)" }
  }

  /// Whether the same command without the attack ends as if there had been none.
  private func mended(_ first: Outcome, _ trial: Trial, in folder: String) throws -> Verdict {
    try trial.between(folder)
    let again = try run(command(trial.workload, in: folder), in: folder)
    guard again.hasSucceeded else {
      return .failed("not healed: the same command again ends with \(again.end) \(again.complaint)")
    }
    let content = FolderContent("\(folder)/made")
    let whole = reference(trial.workload).content
    if let difference = content.loss(against: whole) ?? content.leftover(against: whole) { return .failed("not healed: \(difference)") }
    guard trial.hasCome(folder, first) else { return .missed }
    return first.hasSucceeded ? .unharmed : .healed
  }

  /// Judges trials, several at a time.
  ///
  /// - Returns: a row for all of them.
  func judge(_ trials: [Trial], subject: String, what: String) throws -> AttackRow {
    let results = try orderedMap(Array(trials.enumerated()), threadCount: jobs) { number, trial in
      let place = place(of: "\(subject)-\(what)-\(number)")
      return try judge(trial, in: trial.folderName.map { "\(place)/\($0)" } ?? place)
    }
    var row = AttackRow(subject: subject, what: what)
    for (trial, result) in zip(trials, results) { row.count(result.verdict, of: trial.label, line: result.line) }
    return row
  }

  /// Every k-th of some items, so that about `count` remain; all of them in a whole attack, if `inWhole` is nil.
  func some<Item>(_ items: [Item], sample count: Int, whole inWhole: Int? = nil) -> [Item] {
    guard let most = isSample ? count : inWhole, items.count > most else { return items }
    return (0..<most).map { items[$0 * items.count / most] }
  }
}
