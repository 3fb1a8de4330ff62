import StateSpace
import Vocabulary

/// The stored arrays of a layer of HOPE and what they stand for: docs/checkpoints.md.
package struct StoredHankelLayer {
  /// h, shape [directions·S, n, 2]: channel h has the parameters of row h mod S of its direction.
  package var markov: StoredArray
  /// Δt of directions·H systems, in its stored form.
  package var timestep: StoredArray
  package var timestepTransform: TimestepTransform
  /// H; nil for as many channels as there are time steps.
  package var modelWidth: Int?

  package init(markov: StoredArray, timestep: StoredArray, timestepTransform: TimestepTransform, modelWidth: Int?) {
    self.markov = markov
    self.timestep = timestep
    self.timestepTransform = timestepTransform
    self.modelWidth = modelWidth
  }

  /// The systems, direction by direction and channel by channel.
  ///
  /// - Throws: `StageError` (`badData`) where shapes do not fit each other, or numbers stand for no system.
  package func systems() throws -> [SystemEntry] {
    let (rows, timesteps) = (try markov.complexRows(), try timestep.timesteps(timestepTransform))
    let width = modelWidth ?? timesteps.count
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
}
