import Arrays
import Operations
import ReferenceModels
import StateSpace

/// Case 02: a whole diagonal layer, forward and all gradients.
enum LayerCase {
  static func check(_ golden: GoldenSubcase) throws {
    try golden.sizes([
      "log_dt": "H", "log_A_real": "H N", "A_imag": "H N", "C": "H N 2", "D": "H", "out_weight": "2H H", "out_bias": "2H", "u": "B H L",
      "dy": "B H L",
    ])
    try checkFloat32(golden)
    try checkFloat64(golden)
  }

  private static func checkFloat32(_ golden: GoldenSubcase) throws {
    let parameters = try golden.kernelParameters()
    let options = DiagonalKernel.Options()
    let input = try golden.tensor("u")
    let kernel = DiagonalKernel.forward(parameters, length: input.shape[2], options: options)
    let layer = EngineLayer(
      input, kernel: kernel, skip: try golden.tensor("D"), weight: try golden.tensor("out_weight"), bias: try golden.tensor("out_bias"),
      outputGradient: try golden.tensor("dy"))
    let gradients = parameters.zeros()
    DiagonalKernel.backward(kernelGradient: layer.kernelGradient, parameters, options: options, gradients: gradients)
    try golden.compare("K", float32: kernel)
    try golden.compareLayer(layer)
    try golden.compareKernelGradients(gradients)
  }

  private static func checkFloat64(_ golden: GoldenSubcase) throws {
    let systems = try golden.systems()
    let (input, length) = (try golden.reals("u"), try golden.shape("u")[2])
    let kernels = systems.map { $0.kernel(length: length) }
    let layer = ReferenceLayer(
      convolution: ReferenceConvolution(
        circles: kernels.map { DirectConvolution.circle(forward: $0) }, skip: try golden.reals("D")),
      mixing: try golden.mixing("out_weight", "out_bias"))
    let activations = layer.forward(input, length: length)
    let gradient = layer.backward(outputGradient: try golden.reals("dy"), input: input, activations: activations, length: length)
    try golden.compare("K", float64: kernels.flatMap { $0 })
    try golden.compareLayer(activations, gradient)
    try golden.compareKernelGradients(
      zip(systems, gradient.convolution.circles).map { DiagonalKernelGradient(of: $0, kernelGradient: Array($1.prefix(length))) })
  }
}

extension GoldenSubcase {
  func mixing(_ weight: String, _ bias: String) throws -> ReferenceMixing {
    ReferenceMixing(weight: try reals(weight), bias: try reals(bias))
  }

  /// Everything of a layer but its kernels, under the names of cases 02 and 04.
  func compareLayer(_ activations: ReferenceLayer.Activations, _ gradient: ReferenceLayer.Gradient) throws {
    try compare("y_ssm", float64: activations.convolved)
    try compare("y_act", float64: activations.activated)
    try compare("z", float64: activations.mixed)
    try compare("y", float64: activations.output)
    try compare("du", float64: gradient.convolution.input)
    try compare("dD", float64: gradient.convolution.skip)
    try compare("dout_weight", float64: gradient.mixing.weight)
    try compare("dout_bias", float64: gradient.mixing.bias)
  }
}
