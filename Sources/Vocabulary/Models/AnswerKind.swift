/// What a model's answers are compared with.
package enum AnswerKind: Sendable, Equatable {
  case classes
  case numbers
  /// Numbers at each step.
  case numbersOfSteps
  /// The input itself, a picture, without what was laid over it.
  case cleanPicture
  /// The frame after each one.
  case nextFrames
}
