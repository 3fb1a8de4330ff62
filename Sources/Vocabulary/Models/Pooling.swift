/// How a sequence becomes one vector.
package enum Pooling: String, Codable, Sendable, CaseIterable {
  /// Mean over the valid positions.
  case mean
  /// Mean over the later half of the valid positions, which has the middle one of an odd number: HOPE's sequences of which the first half is
  /// a picture, the second noise.
  case meanOfSecondHalf
  /// The last valid position.
  case last
}
