import ArgumentParser
import ToolSupport

@main
struct Benchmark: Tool {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measures training steps and their parts on random data; CSV on standard output.",
    subcommands: [
      TrainStep.self, Losses.self, Steps.self, Shapes.self, OperationTimes.self, Floor.self, Scaling.self, Batches.self, Model.self,
      PlanTransforms.self, Calibrate.self, Splits.self, SplitRun.self, VideoStep.self, VideoModel.self, Budget.self,
    ])
}
