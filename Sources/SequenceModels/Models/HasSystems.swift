import StateSpace

/// A model whose layers are made of linear systems that can be described one by one.
package protocol HasSystems: SequenceModel {
  /// The systems of every layer, direction by direction and channel by channel; nil where the arrays describe no systems by themselves
  /// (HOPE's half-spectra).
  ///
  /// - Parameter sequenceLength: steps of a sample, because a filter may count bins of a transform.
  /// - Throws: `StageError` (`badData`) where training has left numbers that stand for no system.
  func systems(sequenceLength: Int) throws -> [SystemEntry]?
}
