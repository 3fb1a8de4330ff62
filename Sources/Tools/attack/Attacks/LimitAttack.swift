/// Sets limits that are too small for a workload, or nearly so.
struct LimitAttack: Attack {
  private struct Limit {
    let title: String
    /// The letter of `ulimit`.
    let letter: String
    let unit: String
    let values: [Int]
  }

  private static let limits = [
    Limit(title: "few open files", letter: "n", unit: "files", values: [4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 24, 32, 48]),
    Limit(
      title: "little address space", letter: "v", unit: "kB",
      values: [50, 100, 150, 200, 250, 280, 300, 350, 400, 450, 500, 600, 800, 1000, 1500, 3000].map { $0 * 1000 }),
    Limit(title: "small files only", letter: "f", unit: "kB", values: [1, 2, 4, 8, 16, 32, 128]),
  ]

  func run(on bench: Bench, found: (AttackRow) -> Void) throws {
    for workload in bench.workloads {
      for limit in Self.limits {
        let trials = bench.some(limit.values, sample: 2).map { value in
          var trial = Trial(workload: workload, label: "at most \(value) \(limit.unit)")
          trial.disturb = { command, _ in command.before = "ulimit -\(limit.letter) \(value)" }
          return trial
        }
        found(try bench.judge(trials, subject: workload.name, what: limit.title))
      }
    }
  }
}
