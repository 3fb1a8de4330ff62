/// What a file names as the source of a value: a text, or `{text: …, ours: true}`.
package struct ValueSource: Sendable, Equatable {
  package let text: String
  /// Whether the value is a choice of ours that can move the result: no source fixes it, and another choice would be as faithful. A word for
  /// a result that rests on one carries a mark.
  package let isOurs: Bool

  private enum Key: String, CaseIterable { case text, ours }

  init(reading node: ConfigurationNode) throws {
    if case .mapping = node.tree.content {
      let section = try node.section(Key.self)
      text = try section[.text].text()
      isOurs = try section.optional(.ours)?.flag() ?? false
    } else {
      text = try node.text()
      isOurs = false
    }
  }
}
