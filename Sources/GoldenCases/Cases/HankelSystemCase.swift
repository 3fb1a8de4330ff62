import ComplexModule
import Operations
import ReferenceModels
import SequenceModels

/// Case 04b: HOPE's Algorithm 1 for one system.
enum HankelSystemCase: GoldenCase {
  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes(["log_dt": "1", "h": "n 2", "u": "L", "dy": "L"])
    let pair = KernelPair.hankel(.forward, width: 1, markovCount: sizes["n"])
    let arrays = ["kernel.log_dt": try golden.reals("log_dt"), "kernel.h": try golden.reals("h")]
    switch computation {
    case .engine: return try engineResults(of: golden, pair, arrays)
    case .twin: return try twinResults(of: golden, pair, arrays)
    }
  }

  private static func engineResults(
    of golden: GoldenSubcase, _ pair: KernelPair, _ arrays: [String: [Double]]
  ) throws -> [GoldenResult] {
    let source = try pair.source(arrays)
    let input = Tensor([1, 1, try golden.shape("u")[0]], reals: try golden.reals("u"))
    let (length, skip) = (input.shape[2], Tensor.zeros([1]))
    let kernel = source.kernel(length: length, samplingRate: 1)
    let convolution = LongConvolution.backward(
      outputGradient: Tensor(input.shape, reals: try golden.reals("dy")), input: input, kernel: kernel, skip: skip,
      skipGradient: .zeros([1]), boundary: source.boundary)
    source.backward(kernelGradient: convolution.kernel, length: length, samplingRate: 1)
    let gradients = source.parameters.gradients
    let markov = Tensor([1, try golden.shape("h")[0], 2], reals: arrays["kernel.h", default: []])
    let samples = HankelTransfer.forward(
      markov: markov, timestep: Tensor([1], reals: arrays["kernel.log_dt", default: []]), sampleCount: length)
    return [
      GoldenResult("g", samples.reals),
      GoldenResult("y", LongConvolution.forward(input, kernel: kernel, skip: skip, boundary: source.boundary).reals),
      GoldenResult("du", convolution.input.reals), GoldenResult("dlog_dt", gradients["kernel.log_dt", default: []]),
      GoldenResult("dh", gradients["kernel.h", default: []]),
    ]
  }

  private static func twinResults(
    of golden: GoldenSubcase, _ pair: KernelPair, _ arrays: [String: [Double]]
  ) throws -> [GoldenResult] {
    let (input, values) = (try golden.reals("u"), pair.ordered(arrays))
    let convolution = ReferenceConvolution(circles: pair.twin.circles(values, length: input.count), skip: [0])
    let gradient = convolution.backward(outputGradient: try golden.reals("dy"), input: input, length: input.count)
    let inner = pair.twin.gradients(values, circleGradient: gradient.circles, length: input.count)
    let system = ReferenceHankelKernel(.forward, width: 1).systems(values)[0]
    return [
      GoldenResult("g", system.samples(count: input.count)),
      GoldenResult("omega_p", system.warpedAngles(count: input.count).map { Complex.exp(Complex(0, $0)) }),
      GoldenResult("y", convolution.forward(input, length: input.count)), GoldenResult("du", gradient.input),
      GoldenResult("dlog_dt", inner[0]), GoldenResult("dh", inner[1]),
    ]
  }
}
