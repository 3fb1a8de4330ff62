import Arrays
import Operations
import ReferenceModels
import SequenceModels

/// A layer forward and back on one batch [B, H, L]: convolution + D·u → GELU → linear map → gate.
struct LayerRun {
  /// Convolution plus skip term.
  private(set) var convolved: [Double]
  /// After GELU.
  private(set) var activated: [Double]
  /// Before the gate, shape [B, 2H, L].
  private(set) var mixed: [Double]
  private(set) var output: [Double]
  private(set) var inputGradient: [Double]
  /// Under the names of the layer's arrays.
  private(set) var gradients: [String: [Double]]

  /// What a layer reads: the values of its arrays, a batch, and the slopes of the loss by the output.
  struct Problem {
    var arrays: [String: [Double]]
    /// [B, H, L].
    var shape: [Int]
    var input: [Double]
    var outputGradient: [Double]
  }

  init(_ kernel: KernelPair, _ problem: Problem, by computation: Computation) throws {
    switch computation {
    case .engine(let place): try self.init(engine: kernel, problem, on: place)
    case .twin: self.init(twin: kernel, problem)
    }
  }

  /// The layer that trains, with its residual sum. It keeps no result of the map's and the GELU's by themselves, so these come from the
  /// operations that it fuses.
  private init(engine kernel: KernelPair, _ problem: Problem, on place: ComputePlace) throws {
    var initializer = ParameterInitializer(seed: 0)
    let layer = try ConvolutionLayer(
      "layer", kernel.layer, modelWidth: kernel.width, dropout: LayerDropout(probability: 0, tied: true, pipeline: .script),
      initializer: &initializer)
    layer.parameters.set(Dictionary(uniqueKeysWithValues: problem.arrays.map { ("layer.\($0)", $1) }))
    let sum = Tensor(problem.shape, reals: problem.input)
    let weights = problem.arrays["output_linear.0.weight", default: []]
    let weight = Tensor([2 * kernel.width, weights.count / (2 * kernel.width)], reals: weights)
    let bias = Tensor([2 * kernel.width], reals: problem.arrays["output_linear.0.bias", default: []])
    let slopes = Tensor(problem.shape, reals: problem.outputGradient)
    let results = try place.run(layer.parameters.tensors + [sum, weight, bias, slopes]) {
      var pass = Pass.training(dropout: RandomStream(seed: 0, purpose: .dropout))
      let cache = layer.forward(sum, normalization: nil, pass: &pass)
      // The way back writes into these.
      let (output, convolved) = (sum.copy(), cache.preActivation.copy())
      let active = Activation.forward(convolved)
      return [
        output, convolved, active, ChannelMixing.forward(active, weight: weight, bias: bias),
        layer.backward(sumGradient: slopes, sum: sum, normalization: nil, cache: cache),
      ]
    }.map(\.reals)
    output = zip(results[0], problem.input).map { $0 - $1 }
    (convolved, activated, mixed, inputGradient) = (results[1], results[2], results[3], results[4])
    gradients = Dictionary(uniqueKeysWithValues: layer.parameters.gradients.map { (String($0.dropFirst("layer.".count)), $1) })
  }

  private init(twin kernel: KernelPair, _ problem: Problem) {
    func array(_ name: String) -> [Double] { problem.arrays[name, default: []] }
    let (arrays, length) = (kernel.ordered(problem.arrays), problem.shape[2])
    let layer = ReferenceLayer(
      convolution: ReferenceConvolution(circles: kernel.twin.circles(arrays, length: length), skip: array("D")),
      mixing: ReferenceMixing(weight: array("output_linear.0.weight"), bias: array("output_linear.0.bias")))
    let activations = layer.forward(problem.input, length: length)
    let gradient = layer.backward(
      outputGradient: problem.outputGradient, input: problem.input, activations: activations, length: length)
    (convolved, activated) = (activations.convolved, activations.activated)
    (mixed, output, inputGradient) = (activations.mixed, activations.output, gradient.convolution.input)
    gradients = kernel.named(kernel.twin.gradients(arrays, circleGradient: gradient.convolution.circles, length: length))
    gradients["D"] = gradient.convolution.skip
    gradients["output_linear.0.weight"] = gradient.mixing.weight
    gradients["output_linear.0.bias"] = gradient.mixing.bias
  }
}
