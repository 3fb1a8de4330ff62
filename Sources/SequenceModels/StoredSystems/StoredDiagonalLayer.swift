import ComplexModule
import Foundation
import Operations
import StateSpace
import Vocabulary

/// The stored arrays of a layer of diagonal systems, S4D's, TFB's or DFouT's, and what they stand for: docs/checkpoints.md.
///
/// S rows of poles serve H channels: channel h has those of row h mod S.
package struct StoredDiagonalLayer {
  /// Δ or ξ of H channels, in its stored form.
  package var timestep: StoredArray
  /// log(−Re λ), shape [S, N]; nil for damped Fourier modes.
  package var decay: StoredArray?
  /// Im λ, or Ω, shape [S, N].
  package var frequency: StoredArray
  /// B, shape [S, N, 2]; nil is 1.
  package var inputWeights: StoredArray?
  /// C, shape [directions, H, N, 2].
  package var outputWeights: StoredArray
  /// How the kernels are made of them.
  package var options: DiagonalKernel.Options

  package init(
    timestep: StoredArray, decay: StoredArray?, frequency: StoredArray, inputWeights: StoredArray?, outputWeights: StoredArray,
    options: DiagonalKernel.Options
  ) {
    self.timestep = timestep
    self.decay = decay
    self.frequency = frequency
    self.inputWeights = inputWeights
    self.outputWeights = outputWeights
    self.options = options
  }

  /// The systems, direction by direction and channel by channel.
  ///
  /// - Throws: `StageError` (`badData`) where shapes do not fit each other, or numbers stand for no system.
  package func systems() throws -> [SystemEntry] {
    switch options.poles {
    case .continuous(let discretization): try continuous(discretization)
    case .dampedFourier(let hasUnitInput): try dampedFourier(hasUnitInput ? .unit : .zeroOrderHold)
    }
  }

  private func continuous(_ discretization: Discretization) throws -> [SystemEntry] {
    guard let decay else { preconditionFailure("StoredDiagonalLayer: continuous poles without real parts") }
    let timesteps = try timestep.timesteps(options.timestepTransform)
    let width = timesteps.count
    let decayRows = try decay.rows()
    let (rowCount, modeCount) = (decayRows.count, decayRows[0].count)
    let frequencyRows = try frequency.rows(count: modeCount)
    guard frequencyRows.count == rowCount else { throw frequency.problem("\(decay.name) has \(rowCount) rows") }
    guard width.isMultiple(of: rowCount) else {
      throw decay.problem("its \(rowCount) rows of poles cannot be shared by \(width) channels")
    }
    let poles = try zip(decayRows, frequencyRows).map { row in
      try zip(row.0, row.1).map { pair in
        guard exp(pair.0).isFinite else { throw decay.problem("the exponential of \(pair.0) is too large") }
        return Complex(-exp(pair.0), options.frequencySign * pair.1)
      }
    }
    let inputRows = try inputWeights?.complexRows(count: modeCount)
    if let inputWeights, inputRows?.count != rowCount { throw inputWeights.problem("\(decay.name) has \(rowCount) rows") }
    return try entries(width: width, modeCount: modeCount) { channel, outputWeights in
      DiagonalSystem(
        poles: poles[channel % rowCount], inputWeights: inputRows?[channel % rowCount], outputWeights: outputWeights,
        timestep: timesteps[channel], discretization: discretization)
    }
  }

  private func dampedFourier(_ inputFactor: FourierInputFactor) throws -> [SystemEntry] {
    let dampings = try timestep.timesteps(options.timestepTransform)
    let rows = try frequency.rows()
    guard dampings.count.isMultiple(of: rows.count) else {
      throw frequency.problem("its \(rows.count) rows cannot be shared by \(dampings.count) channels")
    }
    return try entries(width: dampings.count, modeCount: rows[0].count) { channel, outputWeights in
      DampedFourierSystem(
        damping: dampings[channel], angles: rows[channel % rows.count], outputWeights: outputWeights, inputFactor: inputFactor,
        outputFactor: options.outputFactor)
    }
  }

  private func entries(
    width: Int, modeCount: Int, _ system: (Int, [Complex<Double>]) -> any LayerSystem
  ) throws -> [SystemEntry] {
    let rows = try outputWeights.complexRows(count: modeCount)
    guard rows.count.isMultiple(of: width) else {
      throw outputWeights.problem("its shape is \(outputWeights.shape), but [directions, \(width), \(modeCount), 2] is needed")
    }
    return rows.enumerated().map { index, weights in
      SystemEntry(layer: 0, direction: index / width, channel: index % width, system: system(index % width, weights))
    }
  }
}
