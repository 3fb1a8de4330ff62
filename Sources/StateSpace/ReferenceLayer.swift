import ComplexModule
import Foundation

/// A whole diagonal state space layer in Double, forward and backward: what the fast layer is tested against.
///
/// u → convolution + D·u → GELU → linear map of channels H → 2H → gate → y. Sequences are row-major [B, H, L]; one direction, no dropout.
///
/// - Source: the stand-alone S4D of state-spaces/s4.
package struct ReferenceLayer: Sendable {
  /// One per channel, H of them.
  package var systems: [DiagonalSystem]
  /// D, shape [H].
  package var skip: [Double]
  /// Shape [2H, H].
  package var mixWeight: [Double]
  /// Shape [2H].
  package var mixBias: [Double]

  package init(systems: [DiagonalSystem], skip: [Double], mixWeight: [Double], mixBias: [Double]) {
    self.systems = systems
    self.skip = skip
    self.mixWeight = mixWeight
    self.mixBias = mixBias
  }

  private var width: Int { systems.count }

  /// Every intermediate value of the forward pass.
  package struct Activations: Sendable {
    /// K, shape [H, L].
    package var kernels: [Double] = []
    /// Convolution plus skip term, shape [B, H, L].
    package var convolved: [Double] = []
    /// After GELU, shape [B, H, L].
    package var activated: [Double] = []
    /// Before the gate, shape [B, 2H, L].
    package var mixed: [Double] = []
    /// y, shape [B, H, L].
    package var output: [Double] = []
  }

  /// - Parameter input: u, shape [B, H, L].
  package func forward(_ input: [Double], length: Int) -> Activations {
    var result = Activations()
    let kernels = systems.map { $0.kernel(length: length) }
    result.kernels = kernels.flatMap { $0 }
    let rows = rows(input, length)
    result.convolved = rows.enumerated().flatMap { index, row in
      let channel = index % width
      return zip(DirectConvolution.causal(row, kernel: kernels[channel]), row).map { $0 + skip[channel] * $1 }
    }
    result.activated = result.convolved.map(Self.gelu)
    for sample in 0..<rows.count / width {
      for output in 0..<2 * width {
        for time in 0..<length {
          let sum = (0..<width).reduce(mixBias[output]) { sum, channel in
            sum + mixWeight[output * width + channel] * result.activated[(sample * width + channel) * length + time]
          }
          result.mixed.append(sum)
        }
      }
      let start = sample * 2 * width * length
      for index in start..<start + width * length {
        result.output.append(result.mixed[index] * Self.sigmoid(result.mixed[index + width * length]))
      }
    }
    return result
  }

  /// Gradients of Σ y·w, shapes as the parameters'.
  package struct Gradient: Sendable {
    package var input: [Double] = []
    package var skip: [Double]
    package var mixWeight: [Double]
    package var mixBias: [Double]
    /// One per channel.
    package var systems: [DiagonalKernelGradient] = []
  }

  /// - Parameter outputGradient: w, shape [B, H, L].
  package func backward(outputGradient: [Double], input: [Double], activations: Activations, length: Int) -> Gradient {
    var gradient = Gradient(skip: skip.map { _ in 0 }, mixWeight: mixWeight.map { _ in 0 }, mixBias: mixBias.map { _ in 0 })
    let mixedGradient = gateGradient(outputGradient, activations.mixed, length)
    let activatedGradient = mixGradient(mixedGradient, activations.activated, length, &gradient)
    let convolvedGradient = zip(activatedGradient, activations.convolved).map { $0 * Self.geluSlope($1) }

    let kernels = rows(activations.kernels, length)
    var kernelGradients = kernels.map { $0.map { _ in 0.0 } }
    for (index, (signal, slopes)) in zip(rows(input, length), rows(convolvedGradient, length)).enumerated() {
      let channel = index % width
      let convolution = DirectConvolution.gradient(
        signal, forwardKernel: kernels[channel], backwardKernel: signal.map { _ in 0 }, outputGradient: slopes)
      gradient.input += zip(convolution.input, slopes).map { $0 + skip[channel] * $1 }
      gradient.skip[channel] += zip(signal, slopes).map(*).reduce(0, +)
      for time in 0..<length { kernelGradients[channel][time] += convolution.forwardKernel[time] }
    }
    gradient.systems = zip(systems, kernelGradients).map { DiagonalKernelGradient(of: $0, kernelGradient: $1) }
    return gradient
  }

  /// y = a·σ(b) for the halves a and b of the channels.
  private func gateGradient(_ outputGradient: [Double], _ mixed: [Double], _ length: Int) -> [Double] {
    let half = width * length
    var result = mixed.map { _ in 0.0 }
    for (index, slope) in outputGradient.enumerated() {
      let value = index / half * 2 * half + index % half
      let gate = Self.sigmoid(mixed[value + half])
      result[value] = slope * gate
      result[value + half] = slope * mixed[value] * gate * (1 - gate)
    }
    return result
  }

  private func mixGradient(_ mixedGradient: [Double], _ activated: [Double], _ length: Int, _ gradient: inout Gradient) -> [Double] {
    var result = activated.map { _ in 0.0 }
    for (index, slope) in mixedGradient.enumerated() {
      let (sample, output, time) = (index / (2 * width * length), index / length % (2 * width), index % length)
      gradient.mixBias[output] += slope
      for channel in 0..<width {
        let source = (sample * width + channel) * length + time
        gradient.mixWeight[output * width + channel] += slope * activated[source]
        result[source] += slope * mixWeight[output * width + channel]
      }
    }
    return result
  }

  private func rows(_ values: [Double], _ length: Int) -> [[Double]] {
    stride(from: 0, to: values.count, by: max(1, length)).map { Array(values[$0..<$0 + length]) }
  }

  /// x·Φ(x) with the normal distribution Φ.
  private static func gelu(_ x: Double) -> Double { 0.5 * x * (1 + erf(x * 0.5.squareRoot())) }

  private static func geluSlope(_ x: Double) -> Double {
    0.5 * (1 + erf(x * 0.5.squareRoot())) + x * exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
  }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
