/// What a model should answer to a batch, in arrays of some kind.
package enum BatchTargets<Labels, Numbers> {
  /// Class of each sample, from 0.
  case classes(Labels)
  /// Shape [B, outputs], or [B, outputs, L] for an answer at each step.
  case numbers(Numbers)
  /// The frame after each one of the input, shape [B, L, channels, height, width].
  case frames(Numbers)

  /// These targets in other arrays.
  package func map<OtherLabels, OtherNumbers>(
    _ transform: (Numbers) -> OtherNumbers, labels transformLabels: (Labels) -> OtherLabels
  ) -> BatchTargets<OtherLabels, OtherNumbers> {
    switch self {
    case .classes(let labels): .classes(transformLabels(labels))
    case .numbers(let numbers): .numbers(transform(numbers))
    case .frames(let frames): .frames(transform(frames))
    }
  }

  /// Numbers, those of frames too; nil for classes.
  package var numbers: Numbers? {
    switch self {
    case .classes: nil
    case .numbers(let numbers), .frames(let numbers): numbers
    }
  }
}

extension BatchTargets: Sendable where Labels: Sendable, Numbers: Sendable {}
extension BatchTargets: Equatable where Labels: Equatable, Numbers: Equatable {}
extension BatchTargets: Hashable where Labels: Hashable, Numbers: Hashable {}
