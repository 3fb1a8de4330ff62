import ArgumentParser
import ToolSupport

struct AliasingCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "aliasing", abstract: "Which modes the sampling folds back: |Δ·Im λ| ≥ π.",
    discussion: """
      angle is Δ·Im λ before it is folded into one turn, aliased is 1 if it reaches ±π (DFouT, Lemma 1). The bilinear map never folds, and \
      HOPE has no frequencies to fold.

      Example: analyze-systems aliasing --initialization s4d-lin --state-size 64 --timestep 0.05
      """)
  @OptionGroup var source: SystemOptions
  @OptionGroup var table: TableOutput

  func run() throws {
    try table.write(["mode", "timestep", "frequency", "angle", "aliased"], source.systems()) { entry, _ in
      try entry.system.systemPoles().enumerated().map { mode, pole in
        [
          "\(mode)", "\(entry.system.timestep)", pole.continuous.map { "\($0.imaginary)" } ?? "", pole.angle.map { "\($0)" } ?? "",
          pole.isAliased ? "1" : "0",
        ]
      }
    }
  }
}
