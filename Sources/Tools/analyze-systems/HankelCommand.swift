import ArgumentParser
import StateSpace
import ToolSupport

struct HankelCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "hankel", abstract: "Hankel singular values and ε-rank.",
    discussion: """
      relative is the value over the system's largest; rank, the same in all rows of a system, counts values above ε times the largest. \
      For HOPE they are those of h as it is stored. A filter of TFB is left out.

      Example: analyze-systems hankel --initialization random --width 16 --domain continuous --tolerance 1e-4
      """)
  @OptionGroup var source: SystemOptions
  @Option(help: "discrete (with the system's own Δ, as tables of runs and figures have it) or continuous.") var domain = TimeDomain.discrete
    .rawValue
  @Option(help: "ε of the ε-rank.") var tolerance = HankelSingularValues.usualTolerance
  @Flag(help: "One row for each system: count, largest, rank.") var summary = false
  @OptionGroup var table: TableOutput

  func run() throws {
    let domain = try OptionError.value(domain, of: TimeDomain.self, "--domain")
    guard tolerance >= 0, tolerance < 1 else {
      throw OptionError.number("--tolerance", "\(tolerance)", "it must be at least 0 and below 1", example: "1e-4")
    }
    let columns = summary ? ["count", "largest", "rank"] : ["index", "value", "relative", "rank"]
    try table.write(columns, source.systems()) { [tolerance, summary] entry, _ in
      let values = try entry.system.hankelSingularValues(domain)
      let rank = HankelSingularValues.rank(values, tolerance: tolerance)
      let largest = values.first ?? 0
      if summary { return [["\(values.count)", "\(largest)", "\(rank)"]] }
      return values.enumerated().map { ["\($0)", "\($1)", "\(largest > 0 ? $1 / largest : 0)", "\(rank)"] }
    }
  }
}
