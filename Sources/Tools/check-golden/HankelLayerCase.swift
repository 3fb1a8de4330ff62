import Arrays
import ComplexModule
import Foundation
import Operations
import ReferenceModels
import StateSpace

/// Case 04: HOPE's released layer with its two half-spectra, and its transfer-function samples by themselves.
enum HankelLayerCase {
  static func check(_ golden: GoldenSubcase) throws {
    let sizes = try golden.sizes([
      "log_dt": "2H", "Hm": "2H n 2", "D": "H", "out_weight": "2H H", "out_bias": "2H", "dK": "2H S 2", "u": "B H 2S", "dy": "B H 2S",
    ])
    try checkFloat32(golden, sampleCount: sizes["S"])
    try checkFloat64(golden, sizes)
  }

  private static func checkFloat32(_ golden: GoldenSubcase, sampleCount: Int) throws {
    let (markov, timestep) = (try golden.tensor("Hm"), try golden.tensor("log_dt"))
    let samples = HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: sampleCount)
    let layer = EngineLayer(
      try golden.tensor("u"), kernel: HalfSpectra.join(samples), skip: try golden.tensor("D"),
      boundary: .circularSpectra, weight: try golden.tensor("out_weight"), bias: try golden.tensor("out_bias"),
      outputGradient: try golden.tensor("dy"))
    try golden.compare("K", float32: samples)
    try golden.compareLayer(layer)

    for (prefix, samplesGradient) in [
      ("", HalfSpectra.split(layer.kernelGradient)), ("kernel_only_", try golden.tensor("dK")),
    ] {
      let (markovGradient, timestepGradient) = (Tensor.zeros(like: markov), Tensor.zeros(like: timestep))
      HankelTransfer.backward(
        samplesGradient: samplesGradient, sampleCount: sampleCount, markov: markov, timestep: timestep, markovGradient: markovGradient,
        timestepGradient: timestepGradient)
      try golden.compare("\(prefix)dlog_dt", float32: timestepGradient)
      try golden.compare("\(prefix)dH", float32: markovGradient)
    }
  }

  private static func checkFloat64(_ golden: GoldenSubcase, _ sizes: AxisSizes) throws {
    let (width, count, parameterCount) = (sizes["H"], sizes["S"], sizes["n"])
    let (parameters, logTimesteps) = (try golden.complex("Hm"), try golden.reals("log_dt"))
    let systems = logTimesteps.indices.map { row in
      HankelSystem(
        markovParameters: Array(parameters[row * parameterCount..<(row + 1) * parameterCount]), timestep: exp(logTimesteps[row]))
    }
    let samples = systems.map { $0.samples(count: count) }
    let circles = (0..<width).map {
      FrequencySamples.kernel(FrequencySamples.halfSpectra(first: samples[$0], second: samples[width + $0]))
    }
    let layer = ReferenceLayer(
      convolution: ReferenceConvolution(circles: circles, skip: try golden.reals("D")),
      mixing: try golden.mixing("out_weight", "out_bias"))
    let input = try golden.reals("u")
    let activations = layer.forward(input, length: 2 * count)
    let gradient = layer.backward(outputGradient: try golden.reals("dy"), input: input, activations: activations, length: 2 * count)
    try golden.compare("K", float64: samples.flatMap { $0 })
    try golden.compareLayer(activations, gradient)

    let halves = gradient.convolution.circles.map {
      FrequencySamples.halfSpectraGradient(FrequencySamples.gradient(kernelGradient: $0))
    }
    let slopes = try golden.complex("dK")
    let alone = systems.indices.map { Array(slopes[$0 * count..<($0 + 1) * count]) }
    for (prefix, rows) in [("", halves.map(\.first) + halves.map(\.second)), ("kernel_only_", alone)] {
      let gradients = zip(systems, rows).map { $0.gradient(samplesGradient: $1) }
      try golden.compare("\(prefix)dlog_dt", float64: gradients.map(\.logTimestep))
      try golden.compare("\(prefix)dH", float64: gradients.flatMap(\.markovParameters))
    }
  }
}
