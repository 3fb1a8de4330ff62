import ComplexModule
import Foundation
import Operations
import Vocabulary

extension DiagonalKernelSource {
  /// Continuous systems whose poles and time step are given, each channel with its own copy: one direction, zero-order hold, 2·Re.
  ///
  /// - Parameters:
  ///   - poles: λ of each mode, a row for each channel or one for all.
  ///   - inputWeight: B of every mode; nil is 1, which is not stored.
  ///   - outputWeights: C, shape [1, H, N, 2].
  init(_ name: String, poles: [[Complex<Double>]], timestep: Double, inputWeight: Double? = nil, outputWeights: Tensor) {
    let shape = Array(outputWeights.shape[1...2])
    let width = shape[0]
    func rows(_ part: (Complex<Double>) -> Double) -> Tensor {
      Tensor(shape, values: (0..<width).flatMap { channel in poles[channel % poles.count].map { Float(part($0)) } })
    }
    self.timestep = Parameter(
      "\(name).log_dt", .timestep, value: Tensor([width], filledWith: Float(TimestepTransform.log.stored(timestep))))
    decay = Parameter("\(name).log_A_real", .decay, value: rows { log(-$0.real) })
    frequency = Parameter("\(name).A_imag", .frequency, value: rows(\.imaginary))
    inputWeights = inputWeight.map { weight in
      let values = (0..<shape[0] * shape[1]).flatMap { _ -> [Float] in [Float(weight), 0] }
      return Parameter("\(name).B", .inputWeights, value: Tensor(shape + [2], values: values))
    }
    self.outputWeights = Parameter("\(name).C", .outputWeights, value: outputWeights)
    options = DiagonalKernel.Options()
  }
}
