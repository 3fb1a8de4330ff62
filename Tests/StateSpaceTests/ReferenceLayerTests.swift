import ComplexModule
import ReferenceModels
import StateSpace
import TestSupport
import Testing

/// Whole layers against the original authors' numbers; 1e-10 is the tolerance that the cases suggest.
@Suite struct ReferenceLayerTests {
  private func expectGolden(_ golden: GoldenTensors, _ results: [(String, [Double])], tolerances: [String: Double] = [:]) throws {
    for (name, values) in results {
      #expect(maxRelative(values, try golden.reals(name)) < tolerances[name] ?? 1e-10, "\(name)")
    }
  }

  private func kernelGradients(_ gradients: [DiagonalKernelGradient]) -> [(String, [Double])] {
    [
      ("dlog_dt", gradients.map(\.logTimestep)), ("dlog_A_real", gradients.flatMap(\.logNegativeRealPoles)),
      ("dA_imag", gradients.flatMap(\.imaginaryPoles)), ("dC", pairs(gradients.flatMap(\.outputWeights))),
    ]
  }

  private func mixing(_ golden: GoldenTensors, _ weight: String, _ bias: String) throws -> ReferenceMixing {
    ReferenceMixing(weight: try golden.reals(weight), bias: try golden.reals(bias))
  }

  /// Golden case 02.
  @Test(arguments: ["a", "b", "c"])
  func diagonalLayer(subcase: String) throws {
    let golden = GoldenTensors(file: try Fixtures.golden("case02_s4d_layer"), subcase: subcase)
    let systems = try golden.systems()
    let (input, length) = (try golden.reals("u"), try golden.shape("u")[2])
    let kernels = systems.map { $0.kernel(length: length) }
    let layer = ReferenceLayer(
      convolution: ReferenceConvolution(
        circles: kernels.map { DirectConvolution.circle(forward: $0) }, skip: try golden.reals("D")),
      mixing: try mixing(golden, "out_weight", "out_bias"))
    let activations = layer.forward(input, length: length)
    let gradient = layer.backward(outputGradient: try golden.reals("dy"), input: input, activations: activations, length: length)
    let systemGradients = zip(systems, gradient.convolution.circles).map {
      DiagonalKernelGradient(of: $0, kernelGradient: Array($1.prefix(length)))
    }
    try expectGolden(
      golden,
      [
        ("K", kernels.flatMap { $0 }), ("y_ssm", activations.convolved), ("y_act", activations.activated), ("z", activations.mixed),
        ("y", activations.output), ("du", gradient.convolution.input), ("dD", gradient.convolution.skip),
        ("dout_weight", gradient.mixing.weight), ("dout_bias", gradient.mixing.bias),
      ] + kernelGradients(systemGradients))
  }

  /// Golden case 03b.
  @Test(arguments: ["a", "b"])
  func wavesModel(subcase: String) throws {
    let golden = GoldenTensors(file: try Fixtures.golden("case03b_waves_layer"), subcase: subcase)
    let model = ReferenceFilteredBank(
      waves: .init(encoder: try mixing(golden, "enc_w", "enc_b"), skip: try golden.reals("D")[0]), systems: try golden.systems(),
      filter: DirectSobolevFilter(weighting: .binsOver10000Unmirrored, exponent: try golden.reals("beta")[0]),
      decoder: try mixing(golden, "dec_w", "dec_b"))
    let (input, length) = (try golden.reals("u"), try golden.shape("u")[1])
    let activations = model.forward(input, length: length)
    let gradient = model.backward(outputGradient: try golden.reals("dout"), input: input, activations: activations, length: length)
    let encoder = try #require(gradient.encoder)
    try expectGolden(
      golden,
      [
        ("K", activations.kernels.flatMap { $0 }), ("y_ssm", activations.convolved), ("out", activations.output),
        ("du", gradient.input), ("dbeta", [gradient.exponent]), ("dD", [gradient.skip]), ("denc_w", encoder.weight),
        ("denc_b", encoder.bias), ("ddec_w", gradient.decoder.weight), ("ddec_b", gradient.decoder.bias),
      ] + kernelGradients(gradient.systems))
  }

  /// Golden case 03c; next to the pole −exp(−5) the stored gradient itself has lost digits, and the case suggests 2.3e-9.
  @Test(arguments: ["a", "b"])
  func denoiser(subcase: String) throws {
    let golden = GoldenTensors(file: try Fixtures.golden("case03c_denoise_layer"), subcase: subcase)
    let model = ReferenceFilteredBank(
      systems: try golden.systems(),
      filter: DirectSobolevFilter(weighting: .binsOver10000FlippedByOne, exponent: try golden.reals("beta")[0]),
      decoder: try mixing(golden, "W", "b"))
    let (input, length) = (try golden.reals("u"), try golden.shape("u")[2])
    let activations = model.forward(input, length: length)
    let gradient = model.backward(outputGradient: try golden.reals("dy"), input: input, activations: activations, length: length)
    try expectGolden(
      golden,
      [
        ("K", activations.kernels.flatMap { $0 }), ("y_conv", activations.convolved), ("y", activations.output), ("du", gradient.input),
        ("dbeta", [gradient.exponent]), ("dW", gradient.decoder.weight), ("db", gradient.decoder.bias),
      ] + kernelGradients(gradient.systems), tolerances: ["dA_imag": 2.3e-9])
  }

  /// Golden case 03d, whose sequences are [B, L, H] and whose poles are stored with positive frequencies.
  @Test(arguments: ["uni_a", "bi_a", "bi_b"])
  func tunedLayer(subcase: String) throws {
    let golden = GoldenTensors(file: try Fixtures.golden("case03d_lra_s4bias"), subcase: subcase)
    let (length, width) = (try golden.shape("x")[1], try golden.shape("x")[2])
    var kernel = ReferenceDiagonalKernel(
      directions: try golden.shape("C")[0], width: width, modeCount: try golden.shape("C")[2])
    kernel.isMinimal = false
    kernel.filter = .cyclesPerSample
    let parameters = try kernel.parameterNames.map { try golden.reals($0) }
    let layer = ReferenceLayer(
      convolution: ReferenceConvolution(circles: kernel.circles(parameters, length: length), skip: try golden.reals("D")),
      mixing: try mixing(golden, "W", "b"))
    let input = transposed(try golden.reals("x"), length, width)
    let activations = layer.forward(input, length: length)
    let gradient = layer.backward(
      outputGradient: transposed(try golden.reals("dy"), length, width), input: input, activations: activations, length: length)
    let inner = kernel.gradients(parameters, circleGradient: gradient.convolution.circles, length: length)
    try expectGolden(
      golden,
      [
        ("k", kernel.kernels(parameters, length: length).flatMap { $0 }.flatMap { $0 }),
        ("y_ssm", transposed(activations.convolved, width, length)),
        ("y_act", transposed(activations.activated, width, length)), ("y", transposed(activations.output, width, length)),
        ("dx", transposed(gradient.convolution.input, width, length)), ("dD", gradient.convolution.skip),
        ("dW", gradient.mixing.weight), ("db", gradient.mixing.bias),
      ] + zip(kernel.parameterNames, inner).map { ("d\($0)", $1) })
  }

  /// Golden case 04: subcase e has extreme time steps.
  @Test(arguments: ["a", "b", "c", "d", "e"])
  func hankelLayer(subcase: String) throws {
    let golden = GoldenTensors(file: try Fixtures.golden("case04_hope_layer"), subcase: subcase)
    let (width, length) = (try golden.shape("u")[1], try golden.shape("u")[2])
    let systems = try golden.hankelSystems()
    let samples = systems.map { $0.samples(count: length / 2) }
    let circles = (0..<width).map {
      FrequencySamples.kernel(FrequencySamples.halfSpectra(first: samples[$0], second: samples[width + $0]))
    }
    let layer = ReferenceLayer(
      convolution: ReferenceConvolution(circles: circles, skip: try golden.reals("D")),
      mixing: try mixing(golden, "out_weight", "out_bias"))
    let input = try golden.reals("u")
    let activations = layer.forward(input, length: length)
    let gradient = layer.backward(outputGradient: try golden.reals("dy"), input: input, activations: activations, length: length)
    let halves = gradient.convolution.circles.map {
      FrequencySamples.halfSpectraGradient(FrequencySamples.gradient(kernelGradient: $0))
    }
    let inner = zip(systems, halves.map(\.first) + halves.map(\.second)).map { $0.gradient(samplesGradient: $1) }
    let slopes = try golden.complex("dK")
    let alone = systems.enumerated().map { row, system in
      system.gradient(samplesGradient: Array(slopes[row * length / 2..<(row + 1) * length / 2]))
    }
    try expectGolden(
      golden,
      [
        ("K", pairs(samples.flatMap { $0 })), ("y_ssm", activations.convolved), ("y_act", activations.activated),
        ("z", activations.mixed), ("y", activations.output), ("du", gradient.convolution.input), ("dD", gradient.convolution.skip),
        ("dout_weight", gradient.mixing.weight), ("dout_bias", gradient.mixing.bias), ("dlog_dt", inner.map(\.logTimestep)),
        ("dH", pairs(inner.flatMap(\.markovParameters))), ("kernel_only_dlog_dt", alone.map(\.logTimestep)),
        ("kernel_only_dH", pairs(alone.flatMap(\.markovParameters))),
      ])
  }

  /// [B, rows, columns] → [B, columns, rows].
  private func transposed(_ values: [Double], _ rows: Int, _ columns: Int) -> [Double] {
    values.indices.map { index in
      let (sample, column, row) = (index / (rows * columns), index / rows % columns, index % rows)
      return values[(sample * rows + row) * columns + column]
    }
  }
}
