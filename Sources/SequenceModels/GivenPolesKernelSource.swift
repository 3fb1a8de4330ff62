import Arrays
import Foundation
import Operations
import Vocabulary

/// Kernels of continuous diagonal systems whose poles and time step are given: one direction, zero-order hold, 2·Re.
///
/// Arrays whose learning rate is 0 stay as they are.
struct GivenPolesKernelSource: KernelSource {
  /// Learning rates of log(−Re λ), Im λ and log Δ.
  struct Rates {
    var decay: Double
    var frequency: Double
    var timestep = 0.0
  }

  private let timestep: Parameter
  private let decay: Parameter
  private let frequency: Parameter
  private let outputWeights: Parameter

  /// - Parameters:
  ///   - decays: log(−Re λ) of each mode; every channel begins with the same poles and has its own.
  ///   - frequencies: Im λ of each mode.
  ///   - outputWeights: C, shape [1, H, N, 2].
  init(_ name: String, decays: [Double], frequencies: [Double], timestep: Double, outputWeights: Tensor, rates: Rates) {
    let width = outputWeights.shape[1]
    func rows(_ row: [Double]) -> Tensor {
      Tensor([width, row.count], values: (0..<width).flatMap { _ in row.map { Float($0) } })
    }
    self.timestep = Parameter(
      "\(name).log_dt", .stateSpace(learningRate: rates.timestep),
      value: Tensor([width], filledWith: Float(TimestepTransform.log.stored(timestep))))
    decay = Parameter("\(name).log_A_real", .stateSpace(learningRate: rates.decay), value: rows(decays))
    frequency = Parameter("\(name).A_imag", .stateSpace(learningRate: rates.frequency), value: rows(frequencies))
    self.outputWeights = Parameter("\(name).C", .general, value: outputWeights)
  }

  let copies = 1
  let boundary = LongConvolution.Boundary.zeros

  var parameters: [Parameter] { [timestep, decay, frequency, outputWeights] }

  /// N.
  var modeCount: Int { frequency.value.shape[1] }

  /// λ of every mode, channel by channel.
  var poles: [(real: Float, imaginary: Float)] {
    zip(decay.value.downloaded().values(), frequency.value.downloaded().values()).map { (-exp($0), $1) }
  }

  func kernel(length: Int, samplingRate: Int = 1) -> Tensor {
    DiagonalKernel.forward(arrays(\.value), length: length, options: DiagonalKernel.Options().at(samplingRate))
  }

  func backward(kernelGradient: Tensor, length: Int, samplingRate: Int = 1) {
    DiagonalKernel.backward(
      kernelGradient: kernelGradient, arrays(\.value), options: DiagonalKernel.Options().at(samplingRate), gradients: arrays(\.gradient))
  }

  private func arrays(_ part: KeyPath<Parameter, Tensor>) -> DiagonalKernel.Parameters {
    DiagonalKernel.Parameters(
      timestep: timestep[keyPath: part], decay: decay[keyPath: part], frequency: frequency[keyPath: part],
      outputWeights: outputWeights[keyPath: part])
  }
}
