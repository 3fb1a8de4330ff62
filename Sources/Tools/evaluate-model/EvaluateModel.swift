import ArgumentParser
import ToolSupport

@main
struct EvaluateModel: Tool {
  static let configuration = CommandConfiguration(
    commandName: "evaluate-model", abstract: "Measures saved weights; nothing is trained and no run is changed.",
    discussion: """
      Without a subcommand it is `split`.

      Examples:
        evaluate-model --configuration RUN/configuration.json --weights RUN/checkpoints/best-epoch-0006.safetensors --split validation
        evaluate-model --configuration RUN/configuration.json --weights RUN/checkpoints/best-epoch-0006.safetensors --predictions answers.csv
        evaluate-model perturb --run results/runs/hope-scifar/reduced/seed-1
      """, subcommands: [EvaluateSplit.self, PerturbSystems.self], defaultSubcommand: EvaluateSplit.self)
}
