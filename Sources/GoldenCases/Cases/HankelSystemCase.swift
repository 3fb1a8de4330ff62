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
    case .engine(let place): return try engineResults(of: golden, pair, arrays, on: place)
    case .twin: return try twinResults(of: golden, pair, arrays)
    }
  }

  private static func engineResults(
    of golden: GoldenSubcase, _ pair: KernelPair, _ arrays: [String: [Double]], on place: ComputePlace
  ) throws -> [GoldenResult] {
    let source = try pair.source(arrays)
    let input = Tensor([1, 1, try golden.shape("u")[0]], reals: try golden.reals("u"))
    let (length, slopes) = (input.shape[2], Tensor(input.shape, reals: try golden.reals("dy")))
    let markov = Tensor([1, try golden.shape("h")[0], 2], reals: arrays["kernel.h", default: []])
    let timestep = Tensor([1], reals: arrays["kernel.log_dt", default: []])
    let results = try place.run(source.parameters.tensors + [input, slopes, markov, timestep]) {
      let kernel = source.kernel(length: length, samplingRate: 1)
      let gradients = LongConvolution.backward(
        outputGradient: slopes, input: input, kernel: kernel, skip: nil, skipGradient: nil, boundary: source.boundary)
      source.backward(kernelGradient: gradients.kernel, length: length, samplingRate: 1)
      return [
        HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: length),
        LongConvolution.forward(input, kernel: kernel, skip: nil, boundary: source.boundary), gradients.input,
      ]
    }.map(\.reals)
    let gradients = source.parameters.gradients
    return [
      GoldenResult("g", results[0]), GoldenResult("y", results[1]), GoldenResult("du", results[2]),
      GoldenResult("dlog_dt", gradients["kernel.log_dt", default: []]),
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
