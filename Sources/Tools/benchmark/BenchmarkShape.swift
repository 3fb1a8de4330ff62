import Foundation
import RunSupport

/// The sizes of one benchmarked model; 32 complex modes a channel in all but scaling.
struct BenchmarkShape {
  let name: String
  var batchSize: Int
  var sequenceLength: Int
  var modelWidth: Int
  var layerCount: Int
  let classCount: Int
  /// Complex modes a channel; HOPE has twice as many Markov parameters.
  var modeCount = 32

  /// Shapes that results are reported for.
  static let reported = [
    BenchmarkShape(name: "image-small", batchSize: 16, sequenceLength: 1024, modelWidth: 128, layerCount: 4, classCount: 10),
    BenchmarkShape(name: "listops", batchSize: 32, sequenceLength: 2048, modelWidth: 128, layerCount: 6, classCount: 10),
    BenchmarkShape(name: "image", batchSize: 50, sequenceLength: 1024, modelWidth: 512, layerCount: 6, classCount: 10),
    BenchmarkShape(name: "pathfinder", batchSize: 50, sequenceLength: 1024, modelWidth: 256, layerCount: 6, classCount: 2),
    BenchmarkShape(name: "text", batchSize: 16, sequenceLength: 4096, modelWidth: 256, layerCount: 6, classCount: 2),
    BenchmarkShape(name: "pathx", batchSize: 2, sequenceLength: 16384, modelWidth: 128, layerCount: 6, classCount: 2),
    BenchmarkShape(name: "sc35", batchSize: 4, sequenceLength: 16000, modelWidth: 128, layerCount: 6, classCount: 35),
    BenchmarkShape(name: "pathx256", batchSize: 1, sequenceLength: 65536, modelWidth: 128, layerCount: 2, classCount: 2),
  ]
  /// For tests and the check that the peers compute the same, and the base of scaling.
  static let others = [
    BenchmarkShape(name: "tiny", batchSize: 2, sequenceLength: 64, modelWidth: 8, layerCount: 2, classCount: 3),
    BenchmarkShape(name: "scaling", batchSize: 2, sequenceLength: 4096, modelWidth: 64, layerCount: 2, classCount: 10),
  ]
  static let all = reported + others

  static func named(_ name: String) throws -> BenchmarkShape {
    if let shape = all.first(where: { $0.name == name }) { return shape }
    throw unknown(name, at: "--shape", among: all.map(\.name))
  }

  /// The error for a shape that there is not.
  static func unknown(_ name: String, at option: String, among known: [String]) -> StageError {
    let nearest = NearestName.suggestion(for: name, among: known)
    return StageError(
      .usage, "unknown shape \(name)", where: option, why: "known are \(known.joined(separator: ", "))",
      fix: nearest.map { "did you mean \($0)?" } ?? "name one of them")
  }
}

/// The arithmetic of a training step that no implementation of the model can leave out, in floating-point operations.
struct StepArithmetic {
  /// The mixing C → 2H at every position: product, gradient of the input, gradient of the weight.
  let mixing: Double
  /// Real transforms at 2.5·n·log₂ n. Forward: inputs, kernels (but HOPE's, which are spectra), outputs; backward, with the spectra kept: the
  /// same number.
  let transforms: Double
  /// Bytes that a layer writes and reads with perfect fusion: its input, the convolution's output, the gate's input and the layer's
  /// output, once in each pass.
  let bytes: Double

  init(_ shape: BenchmarkShape, layer: BenchmarkStep.Layer, bidirectional: Bool) {
    let (batch, length, width) = (Double(shape.batchSize), Double(shape.sequenceLength), Double(shape.modelWidth))
    let copies = layer == .hope && bidirectional ? 2.0 : 1.0
    let points = layer == .hope ? length : 2 * length
    let layers = Double(shape.layerCount)
    mixing = layers * 3 * 2 * batch * length * (copies * width) * (2 * width)
    let kernels = layer == .hope ? 0 : width
    transforms = layers * 2 * (batch * width * (1 + copies) + kernels) * 2.5 * points * log2(points)
    bytes = layers * 4 * batch * length * width * (1 + copies + 2 + 1) * 2 * 2
  }
}
