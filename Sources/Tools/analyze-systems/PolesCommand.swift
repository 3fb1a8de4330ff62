import ArgumentParser
import ToolSupport

struct PolesCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "poles", abstract: "Poles in continuous and discrete time.",
    discussion: """
      Of each conjugate pair one pole is printed where only one is stored. HOPE has one pole, n-fold; DFouT's continuous poles are those \
      of a step ξ. angle is that of the discrete pole, in radians from −π to π.

      Example: analyze-systems poles --initialization s4d-inv --state-size 64 --timestep 0.025
      """)
  @OptionGroup var source: SystemOptions
  @OptionGroup var table: TableOutput

  func run() throws {
    let columns = [
      "mode", "multiplicity", "timestep", "pole_real", "pole_imaginary", "discrete_real", "discrete_imaginary", "modulus", "angle",
    ]
    try table.write(columns, source.systems()) { entry, _ in
      try entry.system.systemPoles().enumerated().map { mode, pole in
        [
          "\(mode)", "\(pole.multiplicity)", "\(entry.system.timestep)", pole.continuous.map { "\($0.real)" } ?? "",
          pole.continuous.map { "\($0.imaginary)" } ?? "", "\(pole.discrete.real)", "\(pole.discrete.imaginary)",
          "\(pole.discrete.length)", "\(pole.discrete == .zero ? 0 : pole.discrete.phase)",
        ]
      }
    }
  }
}
