import Arrays
import Operations
import ReferenceModels
import StateSpace

/// Case 01: kernels of diagonal systems and their gradients.
enum KernelCase {
  static func check(_ golden: GoldenSubcase) throws {
    try golden.sizes(["log_dt": "H", "log_A_real": "H N", "A_imag": "H N", "C": "H N 2", "W": "H L"])
    try checkFloat32(golden)
    try checkFloat64(golden)
  }

  private static func checkFloat32(_ golden: GoldenSubcase) throws {
    let parameters = try golden.kernelParameters()
    let weights = try golden.tensor("W")
    let length = weights.shape[1]
    let kernel = DiagonalKernel.forward(parameters, length: length, options: DiagonalKernel.Options())
    let gradients = parameters.zeros()
    DiagonalKernel.backward(
      kernelGradient: weights.reshaped(kernel.shape), parameters, options: DiagonalKernel.Options(), gradients: gradients)

    let products = zip(kernel.values(), weights.values()).map { Double($0) * Double($1) }
    try golden.compare("K", float32: kernel)
    try golden.compare("loss", float32: [Float(products.reduce(0, +))])
    try golden.compareKernelGradients(gradients)
  }

  private static func checkFloat64(_ golden: GoldenSubcase) throws {
    let systems = try golden.systems()
    let weights = try golden.reals("W")
    let length = try golden.shape("W")[1]
    let kernels = systems.flatMap { $0.kernel(length: length) }
    let gradients = systems.enumerated().map { channel, system in
      DiagonalKernelGradient(of: system, kernelGradient: Array(weights[channel * length..<(channel + 1) * length]))
    }
    try golden.compare("K", float64: kernels)
    try golden.compare("loss", float64: [zip(kernels, weights).map(*).reduce(0, +)])
    try golden.compareKernelGradients(gradients)
  }
}

extension GoldenSubcase {
  /// The stored parameters of a diagonal layer with one direction.
  func kernelParameters() throws -> DiagonalKernel.Parameters {
    let outputWeights = try tensor("C")
    return DiagonalKernel.Parameters(
      timestep: try tensor("log_dt"), decay: try tensor("log_A_real"), frequency: try tensor("A_imag"),
      outputWeights: outputWeights.reshaped([1] + outputWeights.shape))
  }

  func compareKernelGradients(_ gradients: DiagonalKernel.Parameters) throws {
    try compare("dlog_dt", float32: gradients.timestep)
    if let decay = gradients.decay { try compare("dlog_A_real", float32: decay) }
    try compare("dA_imag", float32: gradients.frequency)
    try compare("dC", float32: gradients.outputWeights)
  }

  /// - Parameter gradients: one per channel.
  func compareKernelGradients(_ gradients: [DiagonalKernelGradient]) throws {
    try compare("dlog_dt", float64: gradients.map(\.logTimestep))
    try compare("dlog_A_real", float64: gradients.flatMap(\.logNegativeRealPoles))
    try compare("dA_imag", float64: gradients.flatMap(\.imaginaryPoles))
    try compare("dC", float64: gradients.flatMap(\.outputWeights))
  }
}

extension DiagonalKernel.Parameters {
  /// Zeros of the same shapes, to which a backward pass adds.
  func zeros() -> DiagonalKernel.Parameters {
    DiagonalKernel.Parameters(
      timestep: .zeros(like: timestep), decay: decay.map { .zeros(like: $0) }, frequency: .zeros(like: frequency),
      inputWeights: inputWeights.map { .zeros(like: $0) }, outputWeights: .zeros(like: outputWeights))
  }
}
