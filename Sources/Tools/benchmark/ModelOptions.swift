import ArgumentParser
import Operations

/// Which model is measured: a shape, of which single sizes may be replaced, and its layers.
struct ModelOptions: ParsableArguments {
  @Option(help: "One of \(BenchmarkShape.all.map(\.name).joined(separator: ", ")).") var shape: String
  @Option(help: "Its layers: \(BenchmarkStep.Layer.allCases.map(\.rawValue).joined(separator: ", ")).") var layer = BenchmarkStep.Layer.s4d
  @Flag(help: "Two kernels a layer, one for each direction.") var bidirectional = false
  @Option(help: "Sequences of a batch, in place of the shape's.") var batch: Int?
  @Option(help: "Steps of a sequence, in place of the shape's.") var length: Int?
  @Option(help: "Channels, in place of the shape's.") var width: Int?
  @Option(help: "Layers, in place of the shape's.") var layers: Int?
  @Option(help: "Complex modes a channel (HOPE: half of the Markov parameters).") var modes: Int?
  @Option(help: "Threads; all cores by default.") var threads: Int?

  func validate() throws {
    for (name, value) in [
      ("batch", batch), ("length", length), ("width", width), ("layers", layers), ("modes", modes), ("threads", threads),
    ] {
      if let value, value < 1 { throw ValidationError("--\(name) must be at least 1") }
    }
  }

  /// The sizes; also sets the process up.
  func prepared() throws -> BenchmarkShape {
    try NumericEnvironment.prepareProcess(threadCount: threads)
    var shape = try BenchmarkShape.named(self.shape)
    shape.batchSize = batch ?? shape.batchSize
    shape.sequenceLength = length ?? shape.sequenceLength
    shape.modelWidth = width ?? shape.modelWidth
    shape.layerCount = layers ?? shape.layerCount
    shape.modeCount = modes ?? shape.modeCount
    return shape
  }

  var direction: String { bidirectional ? "bi" : "uni" }
}

struct RunCount: ParsableArguments {
  @Option(help: "Counted repetitions, after one for warm-up.") var runs = 5

  func validate() throws {
    if runs < 1 { throw ValidationError("--runs must be at least 1") }
  }
}

extension BenchmarkStep.Layer: ExpressibleByArgument {}
