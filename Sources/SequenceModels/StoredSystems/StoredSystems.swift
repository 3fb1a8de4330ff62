import ComplexModule
import Foundation
import Operations
import StateSpace
import Vocabulary

/// The systems that the stored arrays of a layer stand for, direction by direction and channel by channel: docs/checkpoints.md.
package enum StoredSystems {
  /// S4D, TFB and DFouT; S rows of poles serve H channels: channel h has those of row h mod S.
  ///
  /// - Parameters:
  ///   - timestep: Δ or ξ of H channels, in its stored form.
  ///   - decay: log(−Re λ), shape [S, N]; nil for damped Fourier modes.
  ///   - frequency: Im λ, or Ω, shape [S, N].
  ///   - inputWeights: B, shape [S, N, 2]; nil is 1.
  ///   - outputWeights: C, shape [directions, H, N, 2].
  ///   - options: how the kernels are made of them.
  /// - Throws: `StageError` (`badData`) where shapes do not fit each other, or numbers stand for no system.
  package static func diagonal(
    timestep: StoredArray, decay: StoredArray?, frequency: StoredArray, inputWeights: StoredArray?, outputWeights: StoredArray,
    options: DiagonalKernel.Options
  ) throws -> [SystemEntry] {
    let timesteps = try timestep.timesteps(options.timestepTransform)
    let (width, first) = (timesteps.count, decay ?? frequency)
    let firstRows = try first.rows()
    let (rowCount, modeCount) = (firstRows.count, firstRows[0].count)
    let frequencies = try frequency.rows(count: modeCount)
    guard frequencies.count == rowCount else { throw frequency.problem("\(first.name) has \(rowCount) rows") }
    guard width.isMultiple(of: rowCount) else {
      throw first.problem("its \(rowCount) rows of poles cannot be shared by \(width) channels")
    }
    let inputRows = try inputWeights?.complexRows(count: modeCount)
    if let inputWeights, inputRows?.count != rowCount { throw inputWeights.problem("\(first.name) has \(rowCount) rows") }
    let outputRows = try outputWeights.complexRows(count: modeCount)
    guard outputRows.count.isMultiple(of: width) else {
      throw outputWeights.problem("its shape is \(outputWeights.shape), but [directions, \(width), \(modeCount), 2] is needed")
    }
    let poles = try decay.map { try continuousPoles($0, decays: firstRows, frequencies, sign: options.frequencySign) }
    return outputRows.enumerated().map { index, weights in
      let (direction, channel) = index.quotientAndRemainder(dividingBy: width)
      let (row, timestep) = (channel % rowCount, timesteps[channel])
      let system: any LayerSystem =
        switch options.poles {
        case .continuous(let discretization):
          DiagonalSystem(
            poles: poles?[row] ?? [], inputWeights: inputRows?[row], outputWeights: weights, timestep: timestep,
            discretization: discretization)
        case .dampedFourier(let hasUnitInput):
          DampedFourierSystem(
            damping: timestep, angles: frequencies[row], inputWeights: inputRows?[row], outputWeights: weights,
            inputFactor: hasUnitInput ? .unit : .zeroOrderHold, outputFactor: options.outputFactor)
        }
      return SystemEntry(layer: 0, direction: direction, channel: channel, system: system)
    }
  }

  /// HOPE; channel h has the Markov parameters of row h mod S of its direction.
  ///
  /// - Parameters:
  ///   - markov: h, shape [directions·S, n, 2].
  ///   - timestep: Δt of directions·H systems, in its stored form.
  ///   - modelWidth: H.
  /// - Throws: `StageError` (`badData`) where shapes do not fit each other, or numbers stand for no system.
  package static func hankel(
    markov: StoredArray, timestep: StoredArray, transform: TimestepTransform, modelWidth width: Int
  ) throws -> [SystemEntry] {
    let (rows, timesteps) = (try markov.complexRows(), try timestep.timesteps(transform))
    let (directionCount, systemCount) = (timesteps.count / width, rows.count * width / timesteps.count)
    guard systemCount > 0, systemCount * directionCount == rows.count, width.isMultiple(of: systemCount) else {
      throw markov.problem("there are \(timesteps.count) time steps for \(rows.count) rows")
    }
    return timesteps.enumerated().map { index, timestep in
      let (direction, channel) = index.quotientAndRemainder(dividingBy: width)
      let system = HankelSystem(markovParameters: rows[direction * systemCount + channel % systemCount], timestep: timestep)
      return SystemEntry(layer: 0, direction: direction, channel: channel, system: system)
    }
  }

  private static func continuousPoles(
    _ decay: StoredArray, decays: [[Double]], _ frequencies: [[Double]], sign: Double
  ) throws -> [[Complex<Double>]] {
    try zip(decays, frequencies).map { row in
      try zip(row.0, row.1).map { pair in
        guard exp(pair.0).isFinite else { throw decay.problem("the exponential of \(pair.0) is too large") }
        return Complex(-exp(pair.0), sign * pair.1)
      }
    }
  }
}
