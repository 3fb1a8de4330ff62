import ArgumentParser
import Operations
import ToolSupport

/// What the steps of every shape should give, for machines on which our own engine would take too long.
struct Losses: Tool {
  static let configuration = CommandConfiguration(
    commandName: "losses", abstract: "Prints the losses before the first steps of each shape, as our own engine computes them; CSV.")

  @Option(parsing: .upToNextOption, help: "Shapes; without it the reported ones, and the one for tests.") var shapes: [String] = []
  @Option(help: "Layers.") var layer = BenchmarkStep.Layer.s4d
  @Option(help: "Steps.") var steps = 6
  @Option(help: "Threads; all cores by default.") var threads: Int?

  func validate() throws {
    if steps < 1 { throw ValidationError("--steps must be at least 1") }
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
  }

  func run() throws {
    let shapes = try shapes.isEmpty ? BenchmarkShape.others.prefix(1) + BenchmarkShape.reported : shapes.map(BenchmarkShape.named)
    try NumericEnvironment.prepareProcess(threadCount: threads)
    printRow("shape,step,loss")
    for shape in shapes {
      let step = try BenchmarkStep(shape, layer: layer, bidirectional: false)
      for number in 1...steps { printRow("\(shape.name),\(number),\(decimals(step.run(), 6))") }
    }
  }
}
