import ArgumentParser
import RunSupport
import StateSpace
import ToolSupport

struct TransferCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "transfer", abstract: "The transfer function over frequency, with its total variation.",
    discussion: """
      frequency is in radians per step, or with --domain continuous in radians per unit of the system's time. variation is the length of \
      the curve from this frequency to the last one; points must be closer than the dampings, or resonances are cut short. \
      Filters of TFB are taken in.

      Examples:
        analyze-systems transfer --initialization s4d-lin --timestep 0.01 --points 2048
        analyze-systems transfer --initialization tfb-waves --alpha 10 --domain continuous --lowest 0.1 --highest 10000 --logarithmic
      """)
  @OptionGroup var source: SystemOptions
  @Option(help: "discrete or continuous.") var domain = TimeDomain.discrete.rawValue
  @Option(help: "First frequency.") var lowest = 0.0
  @Option(help: "Last frequency; without it π, or π/Δ in the continuous domain.") var highest: Double?
  @Option(help: "Frequencies.") var points = 1024
  @Flag(help: "Equal factors between frequencies instead of equal steps.") var logarithmic = false
  @OptionGroup var table: TableOutput

  func run() throws {
    let domain = try OptionError.value(domain, of: TimeDomain.self, "--domain")
    guard (2...1 << 24).contains(points) else {
      throw OptionError.number("--points", "\(points)", "it must be from 2 to 16777216", example: "1024")
    }
    guard !logarithmic || lowest > 0 else {
      throw OptionError.number("--lowest", "\(lowest)", "logarithms need a frequency above 0", example: "0.01")
    }
    try table.write(["frequency", "real", "imaginary", "magnitude", "variation"], source.systems()) { entry, _ in
      let band = try band(domain, timestep: entry.system.timestep)
      let frequencies =
        logarithmic ? FrequencyGrid.logarithmic(band, pointCount: points) : FrequencyGrid.even(band, pointCount: points)
      let values = try entry.system.transferFunction(at: frequencies, domain)
      return zip(zip(frequencies, values), TotalVariation.remaining(values)).map { point, variation in
        ["\(point.0)", "\(point.1.real)", "\(point.1.imaginary)", "\(point.1.length)", "\(variation)"]
      }
    }
  }

  private func band(_ domain: TimeDomain, timestep: Double) throws -> ClosedRange<Double> {
    let last = highest ?? (domain == .discrete ? .pi : .pi / timestep)
    guard lowest < last, last.isFinite, domain == .continuous || (lowest >= -.pi && last <= .pi) else {
      throw StageError(
        .usage, "the frequencies make no band", where: "--lowest, --highest",
        why: "they are \(lowest) to \(last)" + (domain == .discrete ? ", and angles end at ±π" : ""),
        fix: "choose a highest frequency above the lowest one")
    }
    return lowest...last
  }
}
