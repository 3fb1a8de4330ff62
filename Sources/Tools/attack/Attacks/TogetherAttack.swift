import RunSupport

/// Starts the same command several times at once in one folder: each does the work, waits or says who does it.
struct TogetherAttack: Attack {
  func run(on bench: Bench, found: (AttackRow) -> Void) throws {
    for workload in bench.workloads {
      var row = AttackRow(subject: workload.name, what: "four at once")
      for round in 0..<(bench.isSample ? 1 : 8) {
        let folder = bench.place(of: "\(workload.slug)-together-\(round)")
        let (verdict, line) = try judge(workload, in: folder, on: bench)
        row.count(verdict, of: "round \(round + 1)", line: line)
      }
      found(row)
    }
  }

  private func judge(_ workload: Workload, in folder: String, on bench: Bench) throws -> (Verdict, line: String) {
    try bench.prepare(workload, in: folder)
    let command = bench.command(workload, in: folder)
    let outcomes = try orderedMap(Array(0..<4), threadCount: 4) { number in
      try Shell.run(command, scratch: "\(bench.folder)/streams/\(workload.slug)-\(number)", limit: 2 * bench.timeLimit)
    }
    let line = "for i in 1 2 3 4; do (\(command.line)) & done; wait"
    for outcome in outcomes where !outcome.hasSucceeded && (outcome.end != .exit(75) || outcome.complaint.isEmpty) {
      return (.failed("one of four ends with \(outcome.end) \(outcome.complaint)"), line)
    }
    guard outcomes.contains(where: \.hasSucceeded) else { return (.failed("none of four succeeds"), line) }
    let content = FolderContent("\(folder)/made")
    let whole = bench.reference(workload).content
    let difference = content.loss(against: whole) ?? content.leftover(against: whole)
    return (difference.map { .failed("after all four \($0)") } ?? .unharmed, line)
  }
}
