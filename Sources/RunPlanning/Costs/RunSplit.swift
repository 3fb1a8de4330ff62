/// Runs at a time, and the threads of each.
package struct RunSplit: Sendable, Hashable {
  package var runs: Int
  package var threads: Int

  package init(runs: Int, threads: Int) { (self.runs, self.threads) = (runs, threads) }

  /// `4 runs × 2 threads`.
  package var text: String { "\(runs) \(runs == 1 ? "run" : "runs") × \(threads) \(threads == 1 ? "thread" : "threads")" }

  /// Those that use all cores, or nearly: one run with all of them first, a run a core last, between them threads in powers of two.
  package static func all(cores: Int) -> [RunSplit] {
    let threads = [cores] + sequence(first: 1) { 2 * $0 }.prefix { $0 < cores }.reversed()
    return threads.map { RunSplit(runs: cores / $0, threads: $0) }
  }
}
