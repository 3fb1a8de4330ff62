import ArgumentParser
import StateSpace
import ToolSupport

struct ScoresCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "scores", abstract: "H∞ scores: the largest gain of each system, or of each mode by itself.",
    discussion: """
      Of a system: the largest magnitude over an even grid of frequencies and the angles of its poles; normalized is over the largest score \
      of all systems printed, empty if that is 0 or infinite. Of a mode: |C|·|B̄|/(1 − |λ̄|); empty where a mode is no system by itself (HOPE, dense).

      Examples:
        analyze-systems scores --checkpoint model.safetensors
        analyze-systems scores --initialization dfout --modes
      """)
  @OptionGroup var source: SystemOptions
  @Option(help: "Frequencies of the grid from 0 to π.") var points = 1024
  @Flag(help: "One row for each mode.") var modes = false
  @OptionGroup var table: TableOutput

  func run() throws {
    guard (2...1 << 24).contains(points) else {
      throw OptionError.number("--points", "\(points)", "it must be from 2 to 16777216", example: "1024")
    }
    let systems = try source.systems()
    if modes { return try writeModes(systems) }
    let scores = try TableOutput.concurrently(systems) { [points] entry, _ in try entry.system.score(pointCount: points) }
    let greatest = scores.max() ?? 0
    let isComparable = greatest > 0 && greatest.isFinite
    try table.write(["timestep", "score", "normalized"], systems) { entry, index in
      [["\(entry.system.timestep)", "\(scores[index])", isComparable ? "\(scores[index] / greatest)" : ""]]
    }
  }

  private func writeModes(_ systems: [SystemEntry]) throws {
    try table.write(["mode", "timestep", "discrete_real", "discrete_imaginary", "score"], systems) { entry, _ in
      try entry.system.systemPoles().enumerated().map { mode, pole in
        [
          "\(mode)", "\(entry.system.timestep)", "\(pole.discrete.real)", "\(pole.discrete.imaginary)", pole.score.map { "\($0)" } ?? "",
        ]
      }
    }
  }
}
