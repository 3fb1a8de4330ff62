import Arrays
import Operations
import TestSupport
import Testing

/// The Sobolev filter and HOPE's transfer function against numbers of the original authors' code.
@Suite struct GoldenFilterTests {
  private static func tensor(_ file: SafetensorsFile, _ name: String, _ shape: [Int]? = nil) throws -> Tensor {
    let array = try file.tensor(name)
    return Tensor(shape ?? array.shape, values: try array.doubles().map { Float($0) })
  }

  private func expectClose(
    _ values: [Double], _ file: SafetensorsFile, _ name: String, tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let error = maxRelative(values, try file.tensor(name).doubles())
    #expect(error < tolerance, "\(name): \(error)", sourceLocation: sourceLocation)
  }

  @Test("HOPE's samples and gradients of case 04", arguments: ["a", "b", "c", "d", "e"])
  func hopeSamples(subcase: String) throws {
    let file = try Fixtures.golden("case04_hope_layer")
    let markov = try Self.tensor(file, "\(subcase).Hm")
    let timestep = try Self.tensor(file, "\(subcase).log_dt")
    let upstream = try Self.tensor(file, "\(subcase).dK")
    let samples = HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: upstream.shape[1])
    // 64 terms of size one in float32.
    try expectClose(samples.doubles, file, "\(subcase).K", tolerance: 2e-6)
    let markovGradient = Tensor.zeros(like: markov)
    let timestepGradient = Tensor.zeros(like: timestep)
    HankelTransfer.backward(
      samplesGradient: upstream, sampleCount: upstream.shape[1], markov: markov, timestep: timestep, markovGradient: markovGradient,
      timestepGradient: timestepGradient)
    try expectClose(markovGradient.doubles, file, "\(subcase).kernel_only_dH", tolerance: 5e-6)
    try expectClose(timestepGradient.doubles, file, "\(subcase).kernel_only_dlog_dt", tolerance: 2e-5)
  }

  @Test("Algorithm 1 of case 04b: samples, output and gradients", arguments: ["a", "b", "c", "d"])
  func algorithm1(subcase: String) throws {
    let file = try Fixtures.golden("case04b_hope_alg1")
    let input = try file.tensor("\(subcase).u")
    let length = input.shape[0]
    let count = try file.tensor("\(subcase).h").shape[0]
    let markov = try Self.tensor(file, "\(subcase).h", [1, count, 2])
    let timestep = try Self.tensor(file, "\(subcase).log_dt", [1])
    let samples = HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: length)
    try expectClose(samples.doubles, file, "\(subcase).g", tolerance: 2e-6)

    let signal = try Self.tensor(file, "\(subcase).u", [1, 1, length])
    let kernel = CircularSpectrum.mirroredPart(of: samples)
    let skip = Tensor.zeros([1])
    let output = LongConvolution.forward(signal, kernel: kernel, skip: skip, boundary: .circularSpectra)
    try expectClose(output.doubles, file, "\(subcase).y", tolerance: 3e-6)
    let gradients = LongConvolution.backward(
      outputGradient: try Self.tensor(file, "\(subcase).dy", [1, 1, length]), input: signal, kernel: kernel, skip: skip,
      skipGradient: .zeros([1]), boundary: .circularSpectra)
    try expectClose(gradients.input.doubles, file, "\(subcase).du", tolerance: 3e-6)
    let markovGradient = Tensor.zeros(like: markov)
    let timestepGradient = Tensor.zeros(like: timestep)
    HankelTransfer.backward(
      samplesGradient: CircularSpectrum.whole(gradients.kernel, length: length), sampleCount: length, markov: markov,
      timestep: timestep, markovGradient: markovGradient, timestepGradient: timestepGradient)
    try expectClose(markovGradient.doubles, file, "\(subcase).dh", tolerance: 1e-5)
    try expectClose(timestepGradient.doubles, file, "\(subcase).dlog_dt", tolerance: 2e-5)
  }

  @Test("the LRA filter of case 03d: output and gradients through GELU", arguments: ["uni_a", "bi_a", "bi_b"])
  func longRangeArena(subcase: String) throws {
    let file = try Fixtures.golden("case03d_lra_s4bias")
    let input = try file.tensor("\(subcase).x")
    let (batch, length, width) = (input.shape[0], input.shape[1], input.shape[2])
    let kernel = try Self.tensor(file, "\(subcase).k")
    let exponents = try Self.tensor(file, "\(subcase).s", [width])
    let skip = try Self.tensor(file, "\(subcase).D", [width])
    let options = SobolevFilter.Options(weighting: .cyclesPerSample)
    let filtered = SobolevFilter.forward(kernel, exponents: exponents, options: options)
    let signal = transposed(try input.doubles(), batch: batch, rows: length, columns: width)
    let output = LongConvolution.forward(signal, kernel: filtered, skip: skip)
    let flipped = transposed(output.doubles, batch: batch, rows: width, columns: length)
    try expectClose(flipped.doubles, file, "\(subcase).y_ssm", tolerance: 3e-6)

    // The golden gradients begin behind the gate, so the part between is run with the engine's own operations.
    let active = Activation.forward(output)
    let weight = try Self.tensor(file, "\(subcase).W")
    let bias = try Self.tensor(file, "\(subcase).b")
    let gate = ChannelMixing.forward(active, weight: weight, bias: bias)
    let upstream = transposed(try file.tensor("\(subcase).dy").doubles(), batch: batch, rows: length, columns: width)
    let activeGradient = try #require(
      ChannelMixing.backward(
        outputGradient: GatedLinearUnit.backward(outputGradient: upstream, input: gate), input: active, weight: weight,
        weightGradient: .zeros(like: weight), biasGradient: .zeros(like: bias)))
    let gradients = LongConvolution.backward(
      outputGradient: Activation.backward(outputGradient: activeGradient, input: output), input: signal, kernel: filtered, skip: skip,
      skipGradient: .zeros([width]))
    let exponentGradient = Tensor.zeros([width])
    _ = SobolevFilter.backward(
      outputGradient: gradients.kernel, kernel: kernel, exponents: exponents, exponentGradient: exponentGradient, options: options)
    try expectClose(exponentGradient.doubles, file, "\(subcase).ds", tolerance: 2e-5)
  }

  @Test(
    "the filters of the waves and denoising scripts, cases 03b and 03c",
    arguments: [
      ("case03b_waves_layer", "a", true), ("case03b_waves_layer", "b", true), ("case03c_denoise_layer", "a", false),
      ("case03c_denoise_layer", "b", false),
    ])
  func scripts(name: String, subcase: String, isWaves: Bool) throws {
    let file = try Fixtures.golden(name)
    let kernelArray = try file.tensor("\(subcase).K")
    let (width, length) = (kernelArray.shape[0], kernelArray.shape[1])
    let kernel = try Self.tensor(file, "\(subcase).K", [1, width, length])
    let exponents = try Self.tensor(file, "\(subcase).beta")
    let options = SobolevFilter.Options(
      weighting: isWaves ? .binsOver10000Unmirrored : .binsOver10000FlippedByOne, isCircular: isWaves)
    let filtered = SobolevFilter.forward(kernel, exponents: exponents, options: options)
    let input = try file.tensor("\(subcase).u")
    let batch = input.shape[0]
    let values = try input.doubles()
    if isWaves {
      let (weight, bias) = (try file.tensor("\(subcase).enc_w").doubles(), try file.tensor("\(subcase).enc_b").doubles())
      let encoded = (0..<batch).flatMap { sample in
        (0..<width).flatMap { channel in
          (0..<length).map { Float(weight[channel] * values[sample * length + $0] + bias[channel]) }
        }
      }
      let skip = Tensor([width], filledWith: Float(try file.tensor("\(subcase).D").doubles()[0]))
      let output = LongConvolution.forward(
        Tensor([batch, width, length], values: encoded), kernel: filtered, skip: skip, boundary: .circular)
      try expectClose(output.doubles, file, "\(subcase).y_ssm", tolerance: 3e-6)
    } else {
      let signal = Tensor([batch, width, length], values: values.map { Float($0) })
      let output = LongConvolution.forward(signal, kernel: filtered, skip: .zeros([width]))
      try expectClose(output.doubles, file, "\(subcase).y_conv", tolerance: 3e-6)
      let weight = try Self.tensor(file, "\(subcase).W")
      let upstream = try Self.tensor(file, "\(subcase).dy")
      let outputGradient = try #require(
        ChannelMixing.backward(
          outputGradient: upstream, input: output, weight: weight, weightGradient: .zeros(like: weight), biasGradient: .zeros([width])))
      let gradients = LongConvolution.backward(
        outputGradient: outputGradient, input: signal, kernel: filtered, skip: .zeros([width]), skipGradient: .zeros([width]))
      let exponentGradient = Tensor.zeros([1])
      _ = SobolevFilter.backward(
        outputGradient: gradients.kernel, kernel: kernel, exponents: exponents, exponentGradient: exponentGradient, options: options)
      try expectClose(gradients.input.doubles, file, "\(subcase).du", tolerance: 3e-6)
      try expectClose(exponentGradient.doubles, file, "\(subcase).dbeta", tolerance: 2e-4)
    }
  }

  private func transposed(_ values: [Double], batch: Int, rows: Int, columns: Int) -> Tensor {
    var result = [Float](repeating: 0, count: values.count)
    for sample in 0..<batch {
      for row in 0..<rows {
        for column in 0..<columns {
          result[(sample * columns + column) * rows + row] = Float(values[(sample * rows + row) * columns + column])
        }
      }
    }
    return Tensor([batch, columns, rows], values: result)
  }
}
