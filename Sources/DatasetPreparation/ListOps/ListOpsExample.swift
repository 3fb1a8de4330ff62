/// The 15 words of ListOps expressions, without the parentheses that loaders delete.
package enum ListOpsWord {
  /// Codes 0…9 are the digits.
  package static let minimum: UInt8 = 10
  package static let maximum: UInt8 = 11
  package static let median: UInt8 = 12
  package static let sumModulo: UInt8 = 13
  /// Ends an operator's arguments: "]", which loaders write as "X".
  package static let close: UInt8 = 14

  /// The words as loaders see them, by code.
  package static let texts = (0...9).map(String.init) + ["[MIN", "[MAX", "[MED", "[SM", "X"]
}

/// One expression in the order in which it is read, and its value.
package struct ListOpsExample: Sendable, Hashable {
  /// Codes of `ListOpsWord`.
  package var words: [UInt8]
  /// 0…9.
  package var target: UInt8

  package init(words: [UInt8], target: UInt8) {
    self.words = words
    self.target = target
  }
}
