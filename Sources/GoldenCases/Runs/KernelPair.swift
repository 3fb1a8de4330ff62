import Operations
import ReferenceModels
import SequenceModels
import Vocabulary

/// Kernels of H channels as a layer that trains has them, beside their twin.
struct KernelPair {
  let layer: LayerSpecification
  /// H.
  let width: Int
  /// 2 where kernels have a second part for the reversed sequence.
  var directions = 1

  var twin: any ReferenceKernel { layer.referenceKernel(modelWidth: width) }

  /// S4D's stand-alone layer.
  static func minimal(width: Int, modeCount: Int) -> KernelPair {
    KernelPair(layer: .diagonal(diagonal(.minimal, stateSize: 2 * modeCount)), width: width)
  }

  /// TFB's layer.
  ///
  /// - Parameter isFiltered: or the kernels before the filter.
  static func tuned(directions: Int, width: Int, modeCount: Int, isFiltered: Bool = true) -> KernelPair {
    var layer = diagonal(.tuned, stateSize: modeCount)
    layer.bidirectional = directions == 2
    if isFiltered { layer.filter = SobolevFilterSpecification(weighting: .cyclesPerSample, exponent: 0, learningRate: 0.001) }
    return KernelPair(layer: .diagonal(layer), width: width, directions: directions)
  }

  /// HOPE's layer.
  static func hankel(_ directions: HankelLayerSpecification.Directions, width: Int, markovCount: Int) -> KernelPair {
    let layer = HankelLayerSpecification(
      directions: directions, markovCount: markovCount, timestepTransform: .log, timestepMinimum: 0.001, timestepMaximum: 0.1,
      markovLearningRate: nil, timestepLearningRate: nil)
    return KernelPair(layer: .hankel(layer), width: width)
  }

  static func diagonal(
    _ form: DiagonalLayerSpecification.Form, _ initialization: PoleInitialization = .linear,
    frequencyScale: Double? = nil, stateSize: Int
  ) -> DiagonalLayerSpecification {
    DiagonalLayerSpecification(
      form: form, initialization: initialization, frequencyScale: frequencyScale, stateSize: stateSize, timestepTransform: .log,
      timestepMinimum: 0.001, timestepMaximum: 0.1, bidirectional: false, poleLearningRate: 0.001, timestepLearningRate: 0.001)
  }

  /// The kernels that train, with values of their arrays below `kernel.`; names that have none keep their initial values.
  func source(_ arrays: [String: [Double]]) throws -> any KernelSource {
    var initializer = ParameterInitializer(seed: 0)
    let source = try layer.makeKernelSource("kernel", modelWidth: width, initializer: &initializer)
    source.parameters.set(arrays)
    return source
  }

  /// The twin's arrays in its order.
  func ordered(_ arrays: [String: [Double]]) -> [[Double]] { twin.parameterNames.map { arrays["kernel.\($0)", default: []] } }

  /// The twin's gradients under the names of the arrays.
  func named(_ gradients: [[Double]]) -> [String: [Double]] {
    Dictionary(uniqueKeysWithValues: zip(twin.parameterNames.map { "kernel.\($0)" }, gradients))
  }
}

extension Sequence<Parameter> {
  /// Overwrites the values of the parameters that are named.
  func set(_ arrays: [String: [Double]]) {
    for parameter in self {
      if let values = arrays[parameter.name] { parameter.value.upload(values.map { Float($0) }) }
    }
  }

  /// The values of a parameter; none if there is no such.
  func reals(_ name: String) -> [Double] { first { $0.name == name }?.value.reals ?? [] }

  /// Values and gradients.
  var tensors: [Tensor] { flatMap { [$0.value, $0.gradient] } }

  var gradients: [String: [Double]] { Dictionary(uniqueKeysWithValues: map { ($0.name, $0.gradient.reals) }) }
}

extension Tensor {
  convenience init(_ shape: [Int], reals: [Double]) { self.init(shape, values: reals.map { Float($0) }) }

  var reals: [Double] { downloaded().values().map(Double.init) }
}
