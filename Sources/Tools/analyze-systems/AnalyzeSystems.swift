import ArgumentParser
import Operations
import SystemAnalysis
import ToolSupport

@main struct AnalyzeSystems: Tool {
  static let configuration = CommandConfiguration(
    commandName: "analyze-systems",
    abstract: "Prints what the linear systems of a model are, as comma-separated values.",
    discussion: """
      The systems come from an initialisation by name or from a file of weights. Each row begins with layer, direction and channel.

      Examples:
        analyze-systems poles --initialization s4d-lin --state-size 64 --timestep 0.01
        analyze-systems hankel --initialization hope --state-size 64 --width 128 --seed 1 --output hankel.csv
        analyze-systems transfer --initialization tfb-lra --alpha 3 --beta 0.5 --points 512
        analyze-systems scores --checkpoint results/runs/dfout-lra-image-s4d-lin/reduced/seed-1 --layer 0
        analyze-systems kernel --checkpoint model.safetensors --layer 2 --channel 7 --length 256

      Initialisations (N is --state-size):
      \(Initialization.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))
      """,
    subcommands: [
      PolesCommand.self, KernelCommand.self, TransferCommand.self, HankelCommand.self, ScoresCommand.self, AliasingCommand.self,
      ResultsCommand.self, LimitsCommand.self,
    ])

  static func main() { runAndExit { try NumericEnvironment.prepareProcess() } }
}
