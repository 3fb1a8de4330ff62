import Arrays
import Foundation
import Operations
import Vocabulary

extension DiagonalKernelSource {
  /// Continuous systems whose poles and time step are given, the same for every channel, each with its own copy: one direction, zero-order
  /// hold, 2·Re.
  ///
  /// - Parameters:
  ///   - decays: log(−Re λ) of each mode.
  ///   - frequencies: Im λ of each mode.
  ///   - outputWeights: C, shape [1, H, N, 2].
  init(_ name: String, decays: [Double], frequencies: [Double], timestep: Double, outputWeights: Tensor) {
    let width = outputWeights.shape[1]
    func rows(_ row: [Double]) -> Tensor {
      Tensor([width, row.count], values: (0..<width).flatMap { _ in row.map { Float($0) } })
    }
    self.timestep = Parameter(
      "\(name).log_dt", .timestep, value: Tensor([width], filledWith: Float(TimestepTransform.log.stored(timestep))))
    decay = Parameter("\(name).log_A_real", .decay, value: rows(decays))
    frequency = Parameter("\(name).A_imag", .frequency, value: rows(frequencies))
    inputWeights = nil
    self.outputWeights = Parameter("\(name).C", .weight, value: outputWeights)
    options = DiagonalKernel.Options()
  }
}
