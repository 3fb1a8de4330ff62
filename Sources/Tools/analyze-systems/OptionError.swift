import RunSupport

/// Usage errors in the four-part form.
enum OptionError {
  /// The case of that name.
  ///
  /// - Throws: `StageError` (`usage`) that suggests the nearest name.
  static func value<Value: RawRepresentable & CaseIterable>(
    _ name: String, of type: Value.Type, _ option: String
  ) throws -> Value where Value.RawValue == String {
    if let value = Value(rawValue: name) { return value }
    let names = Value.allCases.map(\.rawValue)
    let nearest = NearestName.suggestion(for: name, among: names)
    throw StageError(
      .usage, "there is no \(name)", where: option, why: "the names are \(names.joined(separator: ", "))",
      fix: nearest.map { "perhaps \($0) is meant" } ?? "choose one of them")
  }

  /// The case of that name; nil for no name.
  static func value<Value: RawRepresentable & CaseIterable>(
    _ name: String?, of type: Value.Type, _ option: String
  ) throws -> Value? where Value.RawValue == String {
    try name.map { try value($0, of: type, option) }
  }

  static func number(_ option: String, _ value: String, _ why: String, example: String) -> StageError {
    StageError(.usage, "the number \(value) is impossible", where: option, why: why, fix: "choose, for example, \(example)")
  }
}
