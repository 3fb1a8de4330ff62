import Operations
import Vocabulary

/// Kernels of HOPE: Markov parameters → samples of the warped transfer function, the spectrum of a circular convolution's kernel.
///
/// - Source: HOPE (Yu et al., 2025), Algorithm 1; two directions as concatenated channels, or the released half-spectra.
struct HankelKernelSource: KernelSource {
  let markov: Parameter
  let timestep: Parameter
  let modelWidth: Int
  let directions: HankelLayerSpecification.Directions
  let timestepTransform: TimestepTransform

  init(_ name: String, _ configuration: HankelLayerSpecification, modelWidth: Int, initializer: inout ParameterInitializer) {
    self.modelWidth = modelWidth
    directions = configuration.directions
    timestepTransform = configuration.timestepTransform
    let rows = directions == .forward ? modelWidth : 2 * modelWidth
    // Real and imaginary part have half of the variance each.
    let deviation = configuration.markovDeviation ?? 1 / (2 * Double(2 * configuration.markovCount).squareRoot())
    markov = Parameter(
      "\(name).h", .markov,
      value: initializer.normal(
        [rows / modelWidth * (configuration.systemCount ?? modelWidth), configuration.markovCount, 2],
        deviation: deviation * 0.5.squareRoot()))
    timestep = Parameter(
      "\(name).\(timestepTransform == .log ? "log_dt" : "inv_dt")", .timestep,
      value: initializer.logUniform(
        rows, minimum: configuration.timestepMinimum, maximum: configuration.timestepMaximum, stored: timestepTransform))
  }

  var outputWidth: Int { directions == .both ? 2 * modelWidth : modelWidth }
  let boundary = LongConvolution.Boundary.circularSpectra

  var parameters: [Parameter] { [timestep, markov] }

  func kernel(length: Int, samplingRate: Int) -> Tensor {
    let samples = HankelTransfer.forward(
      markov: markov.value, timestep: timestep.value, sampleCount: sampleCount(length), options: options(samplingRate))
    return directions.hasHalfSpectra ? HalfSpectra.join(samples) : samples
  }

  func backward(kernelGradient: Tensor, length: Int, samplingRate: Int) {
    HankelTransfer.backward(
      samplesGradient: directions.hasHalfSpectra ? HalfSpectra.split(kernelGradient) : kernelGradient, sampleCount: sampleCount(length),
      markov: markov.value, timestep: timestep.value, markovGradient: markov.gradient, timestepGradient: timestep.gradient,
      options: options(samplingRate))
  }

  func impulseResponse(length: Int) -> Tensor {
    CircularSpectrum.impulseResponse(kernel(length: length, samplingRate: 1), length: length)
  }

  private func sampleCount(_ length: Int) -> Int {
    guard directions.hasHalfSpectra else { return length }
    precondition(length.isMultiple(of: 2), "HankelKernelSource: half-spectra need an even length, not \(length)")
    return length / 2
  }

  private func options(_ samplingRate: Int) -> HankelTransfer.Options {
    // Half-spectra are joined to a spectrum that no mirroring describes.
    HankelTransfer.Options(
      timestepTransform: timestepTransform, samplingRate: Double(samplingRate), width: modelWidth, isMirrored: !directions.hasHalfSpectra,
      reversedFrom: directions.hasHalfSpectra ? .max : modelWidth)
  }
}
