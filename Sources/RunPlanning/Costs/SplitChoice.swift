import Foundation
import RunSupport

/// How the cores of a machine are divided among runs so that it makes the most of them an hour, as far as that was measured.
///
/// Only how long a run takes depends on its threads, never its bits.
package struct SplitChoice: Sendable {
  /// Each measured split with its runs an hour, in parts of those of one run on all cores.
  package let rates: [(split: RunSplit, rate: Double)]
  private let cores: Int

  /// - Parameters:
  ///   - measured: on any machines; the rows of another processor or number of cores do not count.
  ///   - processor: this machine's.
  ///   - cores: those that may be used.
  package init(_ measured: [MeasuredSplit], processor: String, cores: Int) {
    self.cores = cores
    let own = measured.first { $0.processor == processor && $0.cores == cores }
    let rows = own.map { own in measured.filter { $0.isComparable(to: own) } } ?? []
    let alone = RunSplit(runs: 1, threads: cores)
    let shapes = Dictionary(grouping: rows, by: \.shape).values.map { rows in
      Dictionary(rows.map { ($0.split, $0.stepsPerSecond) }) { first, _ in first }
    }
    rates = RunSplit.all(cores: cores).compactMap { split in
      let ratios = shapes.compactMap { rates in rates[split].flatMap { rate in rates[alone].map { rate / $0 } } }
      // Memory may not have sufficed for one of the shapes.
      guard !ratios.isEmpty, ratios.count == shapes.count else { return nil }
      return (split, pow(ratios.reduce(1, *), 1 / Double(ratios.count)))
    }
  }

  /// Reads what `make calibrate` wrote; nothing was measured where there is no such file.
  ///
  /// - Throws: `StageError` (`badData`) for a damaged file.
  package init(fromFile path: String, processor: String, cores: Int) throws {
    let measured = FileManager.default.fileExists(atPath: path) ? try MeasuredSplit.read(fromFile: path) : []
    self.init(measured, processor: processor, cores: cores)
  }

  /// The best that has no more runs at a time than there are; of equally good ones that with fewest, which takes the least memory. Where
  /// none was measured, as many runs at a time as there are cores for.
  ///
  /// - Parameter count: of the runs that are to be made.
  package func split(of count: Int) -> RunSplit {
    let possible = rates.filter { $0.split.runs <= max(1, count) }
    if let first = possible.first { return possible.reduce(first) { $1.rate > $0.rate ? $1 : $0 }.split }
    let runs = max(1, min(cores, count))
    return RunSplit(runs: runs, threads: cores / runs)
  }

  /// One line for a person: what is chosen for many runs, and why.
  package var text: String {
    let chosen = "make -j divides \(cores) \(cores == 1 ? "core" : "cores") as \(split(of: .max).text)"
    if rates.isEmpty { return "\(chosen); which division makes the most runs an hour was not measured here (make calibrate)" }
    let list = rates.map { String(format: "%@ %.2f", $0.split.text, $0.rate) }.joined(separator: ", ")
    return "\(chosen); measured runs an hour, relative: \(list)"
  }
}
