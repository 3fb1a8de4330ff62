/// A line for the shell that runs one tool, so that whoever reads a failure can repeat it as it stands.
struct ShellCommand: Sendable {
  var words: [String]
  var environment: [String: String] = [:]
  /// Words in front of the tool, such as `timeout -s KILL 0.2`.
  var wrapper: [String] = []
  /// What the shell does first, such as `ulimit -n 8`.
  var before = ""
  var redirections = ""
  /// A pipe that reads the output.
  var pipe = ""

  /// The line without the streams of the attack.
  var line: String {
    let variables = environment.sorted { $0.key < $1.key }.map { Self.quoted("\($0.key)=\($0.value)") }
    let call = (variables.isEmpty ? wrapper : ["env"] + variables + wrapper) + words.map(Self.quoted)
    return (before.isEmpty ? "" : before + "; ") + (pipe.isEmpty ? "exec " : "") + call.joined(separator: " ")
      + (redirections.isEmpty ? "" : " " + redirections) + pipe
  }

  static func quoted(_ word: String) -> String {
    word.wholeMatch(of: /[A-Za-z0-9_.,:=+%\/-]+/) != nil ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
