import Operations
import ReferenceModels

/// Case 04: HOPE's released layer with its two half-spectra, and its transfer-function samples by themselves.
enum HankelLayerCase: GoldenCase {
  private static let stored = StoredLayer(
    arrays: [
      "kernel.log_dt": "log_dt", "kernel.h": "Hm", "D": "D", "output_linear.0.weight": "out_weight", "output_linear.0.bias": "out_bias",
    ], input: "u", isTimeFirst: false)

  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes([
      "log_dt": "2H", "Hm": "2H n 2", "D": "H", "out_weight": "2H H", "out_bias": "2H", "dK": "2H S 2", "u": "B H 2S", "dy": "B H 2S",
    ])
    let shape = [sizes["B"], sizes["H"], 2 * sizes["S"]]
    let kernel = KernelPair.hankel(.halfSpectra, width: sizes["H"], markovCount: sizes["n"])
    let run = try LayerRun(kernel, try stored.problem(golden, shape: shape), by: computation)
    let samples =
      switch computation {
      case .engine(let place): try engineSamples(golden, sizes, on: place)
      case .twin: try twinSamples(golden, sizes)
      }
    return samples + stored.results(run, of: golden, shape: shape)
  }

  private static func engineSamples(
    _ golden: GoldenSubcase, _ sizes: AxisSizes, on place: ComputePlace
  ) throws -> [GoldenResult] {
    let markov = Tensor([2 * sizes["H"], sizes["n"], 2], reals: try golden.reals("Hm"))
    let timestep = Tensor([2 * sizes["H"]], reals: try golden.reals("log_dt"))
    let slopes = Tensor([2 * sizes["H"], sizes["S"], 2], reals: try golden.reals("dK"))
    let (markovGradient, timestepGradient) = (Tensor.zeros(like: markov), Tensor.zeros(like: timestep))
    let samples = try place.run([markov, timestep, slopes, markovGradient, timestepGradient]) {
      HankelTransfer.backward(
        samplesGradient: slopes, sampleCount: sizes["S"], markov: markov, timestep: timestep, markovGradient: markovGradient,
        timestepGradient: timestepGradient)
      return [HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: sizes["S"])]
    }[0]
    return [
      GoldenResult("K", samples.reals), GoldenResult("kernel_only_dlog_dt", timestepGradient.reals),
      GoldenResult("kernel_only_dH", markovGradient.reals),
    ]
  }

  private static func twinSamples(_ golden: GoldenSubcase, _ sizes: AxisSizes) throws -> [GoldenResult] {
    let kernel = ReferenceHankelKernel(.halfSpectra, width: sizes["H"])
    let arrays = [try golden.reals("log_dt"), try golden.reals("Hm")]
    let gradients = kernel.gradients(arrays, samplesGradient: Rows.cut(try golden.complex("dK"), sizes["S"]))
    return [
      GoldenResult("K", kernel.systems(arrays).flatMap { $0.samples(count: sizes["S"]) }),
      GoldenResult("kernel_only_dlog_dt", gradients[0]), GoldenResult("kernel_only_dH", gradients[1]),
    ]
  }
}
