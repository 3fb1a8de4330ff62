/// What `swift test` says, without what programs and libraries write in between.
struct TestOutput {
  private let lines: [Substring]

  init(_ text: String) { lines = text.split(separator: "\n") }

  /// Why the tests failed: what the first failed one says; behind a crash its message and the tests that had not ended; else the last line.
  var failure: String {
    if let issue = lines.first(where: { $0.contains(" recorded an issue ") }) { return String(issue) }
    let crash = lines.first { $0.contains("Fatal error") }
    let reason = crash ?? lines.last ?? "nothing was said"
    return unfinished.isEmpty ? String(reason) : "\(reason); not ended: \(unfinished.joined(separator: ", "))"
  }

  /// Tests that began and did not end.
  private var unfinished: [Substring] {
    let ended = Set(lines.compactMap { $0.firstMatch(of: /. Test (.+?)(?: with [0-9]+ test cases?)? (?:passed|failed) after/)?.1 })
    return lines.compactMap { $0.firstMatch(of: /. Test (.+) started\.$/)?.1 }.filter { $0 != "run" && !ended.contains($0) }
  }
}
