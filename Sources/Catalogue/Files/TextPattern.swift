import RunSupport

/// Names in angle brackets, which stand for labels of a grid or values of the experiment: `<method> on LRA Image`.
enum TextPattern {
  /// The text with every name replaced that has a value; other names stay.
  static func filled(_ text: String, _ value: (Substring) -> String?) -> String {
    guard text.contains("<") else { return text }
    return text.replacing(/<([A-Za-z.]+)>/) { value($0.1) ?? String($0.0) }
  }

  /// The text with every name replaced.
  ///
  /// - Throws: `StageError` (`badConfiguration`) for a name without a value.
  static func complete(
    _ text: String, of tree: ConfigurationTree, among names: @autoclosure () -> [String], _ value: (Substring) -> String?
  ) throws -> String {
    let result = filled(text, value)
    guard result.contains("<"), let name = result.firstMatch(of: /<([A-Za-z.]+)>/)?.1 else { return result }
    let names = names()
    let nearest = NearestName.suggestion(for: String(name), among: names)
    throw StageError(
      .badConfiguration, "<\(name)> stands for nothing", where: tree.location,
      why: "what may stand in angle brackets here is \(names.joined(separator: ", "))",
      fix: nearest.map { "did you mean <\($0)>?" } ?? "use one of these names")
  }
}
