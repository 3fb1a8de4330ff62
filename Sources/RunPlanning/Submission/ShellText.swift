/// How words are spelt for a shell.
enum ShellText {
  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./=,+:@-")

  static func word(_ text: String) -> String {
    if !text.isEmpty && text.allSatisfy(plain.contains) { return text }
    return "'\(text.replacing("'", with: "'\\''"))'"
  }

  static func line(_ words: [String]) -> String { words.map(word).joined(separator: " ") }
}
