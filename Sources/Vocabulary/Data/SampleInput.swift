/// What the steps of a sequence are.
package enum SampleInput: Sendable, Equatable {
  case values(channels: Int)
  case tokens(vocabularySize: Int)
  /// Pictures, one a step.
  case frames(FrameShape)
}
