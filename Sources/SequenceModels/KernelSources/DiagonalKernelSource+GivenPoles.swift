import Arrays
import ComplexModule
import Foundation
import Operations
import Vocabulary

extension DiagonalKernelSource {
  /// Continuous systems whose poles and time step are given, the same for every channel, each with its own copy: one direction, zero-order
  /// hold, 2·Re.
  ///
  /// - Parameters:
  ///   - poles: λ of each mode.
  ///   - outputWeights: C, shape [1, H, N, 2].
  init(_ name: String, poles: [Complex<Double>], timestep: Double, outputWeights: Tensor) {
    let width = outputWeights.shape[1]
    func rows(_ part: (Complex<Double>) -> Double) -> Tensor {
      Tensor([width, poles.count], values: (0..<width).flatMap { _ in poles.map { Float(part($0)) } })
    }
    self.timestep = Parameter(
      "\(name).log_dt", .timestep, value: Tensor([width], filledWith: Float(TimestepTransform.log.stored(timestep))))
    decay = Parameter("\(name).log_A_real", .decay, value: rows { log(-$0.real) })
    frequency = Parameter("\(name).A_imag", .frequency, value: rows(\.imaginary))
    inputWeights = nil
    self.outputWeights = Parameter("\(name).C", .weight, value: outputWeights)
    options = DiagonalKernel.Options()
  }
}
