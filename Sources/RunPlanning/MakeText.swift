import RunSupport

/// How a path is spelt in Make's rules.
enum MakeText {
  /// What no backslash makes harmless in a target.
  private static let impossible: Set<Character> = ["%", ";", "|", "\\", "\t", "\n", "\r"]

  /// - Throws: `StageError` (`usage`) for a path that no rule can name.
  static func check(_ path: String, of variable: String) throws {
    guard path.hasPrefix("~") || path.isEmpty || path.contains(where: impossible.contains) else { return }
    throw StageError(
      .usage, "\(variable) is no folder that Make can work with", where: "\(variable)=\(path)",
      why: "its rules cannot name a path that is empty, begins with ~ or holds a backslash, %, ;, |, a tab or a new line",
      fix: "use another folder, or a symbolic link to it")
  }

  /// A path as a target or prerequisite.
  static func name(_ path: String) -> String {
    path.map { letter in
      switch letter {
      case " ", "#", ":", "*", "?", "[", "]": "\\\(letter)"
      case "$": "$$"
      // Make would take the line for the definition of a variable.
      case "=": "$(equals)"
      default: String(letter)
      }
    }.joined()
  }

  /// A path as one word of a recipe.
  static func word(_ path: String) -> String { ShellText.word(path).replacing("$", with: "$$") }
}
