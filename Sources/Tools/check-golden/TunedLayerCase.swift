import Arrays
import Operations
import ReferenceModels

/// Case 03d: TFB's Long Range Arena layer with a trainable exponent for each channel; sequences are stored as [B, L, H].
enum TunedLayerCase {
  static func check(_ golden: GoldenSubcase) throws {
    let sizes = try golden.sizes([
      "inv_dt": "H 1", "A_real": "H N", "A_imag": "H N", "C": "c H N 2", "s": "1 H", "D": "1 H", "W": "2H H", "b": "2H", "x": "B L H",
      "dy": "B L H",
    ])
    guard sizes["c"] <= 2 else { throw golden.misfit("C", "it has \(sizes["c"]) directions, not 1 or 2") }
    try checkFloat32(golden, sizes)
    try checkFloat64(golden, sizes)
  }

  private static func checkFloat32(_ golden: GoldenSubcase, _ sizes: AxisSizes) throws {
    let (width, length) = (sizes["H"], sizes["L"])
    let parameters = DiagonalKernel.Parameters(
      timestep: try golden.tensor("inv_dt").reshaped([width]), decay: try golden.tensor("A_real"), frequency: try golden.tensor("A_imag"),
      outputWeights: try golden.tensor("C"))
    let options = DiagonalKernel.Options(frequencySign: -1)
    let filter = SobolevFilter.Options(weighting: .cyclesPerSample)
    let exponents = try golden.tensor("s").reshaped([width])
    let sequence = [sizes["B"], width, length]
    let kernel = DiagonalKernel.forward(parameters, length: length, options: options)
    let layer = EngineLayer(
      Tensor(sequence, values: transposed(try golden.tensor("x").values(), length, width)),
      kernel: SobolevFilter.forward(kernel, exponents: exponents, options: filter), skip: try golden.tensor("D").reshaped([width]),
      weight: try golden.tensor("W"), bias: try golden.tensor("b"),
      outputGradient: Tensor(sequence, values: transposed(try golden.tensor("dy").values(), length, width)))
    let (exponentGradient, gradients) = (Tensor.zeros(like: exponents), parameters.zeros())
    let kernelGradient = SobolevFilter.backward(
      outputGradient: layer.kernelGradient, kernel: kernel, exponents: exponents, exponentGradient: exponentGradient, options: filter)
    DiagonalKernel.backward(kernelGradient: kernelGradient, parameters, options: options, gradients: gradients)

    try golden.compare("k", float32: kernel)
    for (name, values) in [
      ("y_ssm", layer.convolved), ("y_act", layer.activated), ("y", layer.output), ("dx", layer.inputGradient),
    ] {
      try golden.compare(name, float32: transposed(values.values(), width, length))
    }
    try golden.compare("ds", float32: exponentGradient)
    try golden.compare("dD", float32: layer.skipGradient)
    try golden.compare("dW", float32: layer.weightGradient)
    try golden.compare("db", float32: layer.biasGradient)
    try golden.compare("dinv_dt", float32: gradients.timestep)
    if let decay = gradients.decay { try golden.compare("dA_real", float32: decay) }
    try golden.compare("dA_imag", float32: gradients.frequency)
    try golden.compare("dC", float32: gradients.outputWeights)
  }

  private static func checkFloat64(_ golden: GoldenSubcase, _ sizes: AxisSizes) throws {
    let (width, length) = (sizes["H"], sizes["L"])
    var kernel = ReferenceDiagonalKernel(directions: sizes["c"], width: width, modeCount: sizes["N"])
    kernel.isMinimal = false
    kernel.filter = .cyclesPerSample
    let parameters = try kernel.parameterNames.map { try golden.reals($0) }
    let layer = ReferenceLayer(
      convolution: ReferenceConvolution(circles: kernel.circles(parameters, length: length), skip: try golden.reals("D")),
      mixing: try golden.mixing("W", "b"))
    let input = transposed(try golden.reals("x"), length, width)
    let activations = layer.forward(input, length: length)
    let gradient = layer.backward(
      outputGradient: transposed(try golden.reals("dy"), length, width), input: input, activations: activations, length: length)

    try golden.compare("k", float64: kernel.kernels(parameters, length: length).flatMap { $0 }.flatMap { $0 })
    for (name, values) in [
      ("y_ssm", activations.convolved), ("y_act", activations.activated), ("y", activations.output), ("dx", gradient.convolution.input),
    ] {
      try golden.compare(name, float64: transposed(values, width, length))
    }
    try golden.compare("dD", float64: gradient.convolution.skip)
    try golden.compare("dW", float64: gradient.mixing.weight)
    try golden.compare("db", float64: gradient.mixing.bias)
    let inner = kernel.gradients(parameters, circleGradient: gradient.convolution.circles, length: length)
    for (name, values) in zip(kernel.parameterNames, inner) { try golden.compare("d\(name)", float64: values) }
  }

  /// [B, rows, columns] → [B, columns, rows].
  private static func transposed<Number>(_ values: [Number], _ rows: Int, _ columns: Int) -> [Number] {
    values.indices.map { index in
      let (sample, column, row) = (index / (rows * columns), index / rows % columns, index % rows)
      return values[(sample * rows + row) * columns + column]
    }
  }
}
