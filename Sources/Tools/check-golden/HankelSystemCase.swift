import Arrays
import ComplexModule
import Foundation
import Operations
import ReferenceModels
import StateSpace

/// Case 04b: HOPE's Algorithm 1 for one system.
enum HankelSystemCase {
  static func check(_ golden: GoldenSubcase) throws {
    let sizes = try golden.sizes(["log_dt": "1", "h": "n 2", "u": "L", "dy": "L"])
    try checkFloat32(golden, sizes)
    try checkFloat64(golden)
  }

  private static func checkFloat32(_ golden: GoldenSubcase, _ sizes: AxisSizes) throws {
    let (length, sequence) = (sizes["L"], [1, 1, sizes["L"]])
    let markov = try golden.tensor("h").reshaped([1, sizes["n"], 2])
    let (timestep, skip) = (try golden.tensor("log_dt"), Tensor.zeros([1]))
    let input = try golden.tensor("u").reshaped(sequence)
    let samples = HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: length)
    let kernel = CircularSpectrum.mirroredPart(of: samples)
    let convolution = LongConvolution.backward(
      outputGradient: try golden.tensor("dy").reshaped(sequence), input: input, kernel: kernel, skip: skip, skipGradient: .zeros([1]),
      boundary: .circularSpectra)
    let (markovGradient, timestepGradient) = (Tensor.zeros(like: markov), Tensor.zeros(like: timestep))
    HankelTransfer.backward(
      samplesGradient: CircularSpectrum.whole(convolution.kernel, length: length), sampleCount: length, markov: markov,
      timestep: timestep, markovGradient: markovGradient, timestepGradient: timestepGradient)
    try golden.compare("g", float32: samples)
    try golden.compare("y", float32: LongConvolution.forward(input, kernel: kernel, skip: skip, boundary: .circularSpectra))
    try golden.compare("du", float32: convolution.input)
    try golden.compare("dlog_dt", float32: timestepGradient)
    try golden.compare("dh", float32: markovGradient)
  }

  private static func checkFloat64(_ golden: GoldenSubcase) throws {
    let system = HankelSystem(markovParameters: try golden.complex("h"), timestep: exp(try golden.reals("log_dt")[0]))
    let input = try golden.reals("u")
    let samples = system.samples(count: input.count)
    let circle = FrequencySamples.kernel(samples)
    let convolution = DirectConvolution.circularGradient(input, circle: circle, outputGradient: try golden.reals("dy"))
    let gradient = system.gradient(samplesGradient: FrequencySamples.gradient(kernelGradient: convolution.circle))
    try golden.compare("g", float64: samples)
    try golden.compare("omega_p", float64: system.warpedAngles(count: input.count).map { Complex.exp(Complex(0, $0)) })
    try golden.compare("y", float64: DirectConvolution.circular(input, circle: circle))
    try golden.compare("du", float64: convolution.input)
    try golden.compare("dlog_dt", float64: [gradient.logTimestep])
    try golden.compare("dh", float64: gradient.markovParameters)
  }
}
