/// Where a value of an experiment stands.
package struct ValueOrigin: Sendable, Equatable {
  /// Keys from the root, joined by dots.
  package let path: String
  /// The value's text as the file writes it.
  package let value: String
  /// The file with the line.
  package let place: String
  /// What the file names as its source; nil of what needs none, and of what a preset changes.
  package let source: ValueSource?
}

extension ConfigurationTree {
  /// The value on one line.
  var written: String {
    switch content {
    case .scalar(let text, _): text
    case .list(let values): "[\(values.map(\.written).joined(separator: ", "))]"
    case .mapping(let entries): "{\(entries.map { "\($0.key): \($0.value.written)" }.joined(separator: ", "))}"
    }
  }
}
