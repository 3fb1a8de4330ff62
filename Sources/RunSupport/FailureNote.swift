import Foundation

/// The last words of a tool that failed, a line in the file that `FAILURE_NOTES` names, so that many runs can be summed up at the end.
package struct FailureNote: Codable, Sendable, Equatable {
  /// Name of the tool: `train-model`.
  package var tool: String
  package var arguments: [String]
  package var exitCode: Int32
  package var what: String
  package var location: String
  package var why: String
  package var remedy: String
  /// When the tool failed; absent from notes of other writers.
  package var time: Date?

  package init(tool: String, arguments: [String], failure: StageError, time: Date? = nil) {
    self.tool = tool
    self.arguments = arguments
    exitCode = failure.code.rawValue
    what = failure.what
    location = failure.location
    why = failure.why
    remedy = failure.remedy
    self.time = time
  }

  /// The value of an option of its command line: `argument("--output")`.
  package func argument(_ option: String) -> String? {
    guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else { return nil }
    return arguments[index + 1]
  }

  /// Adds this process's failure to the file, if there is one. A note that cannot be written is dropped: the error itself is printed anyway.
  package static func leave(_ failure: StageError, commandLine: [String] = CommandLine.arguments) {
    guard let path = ProcessInfo.processInfo.environment["FAILURE_NOTES"], !path.isEmpty else { return }
    let tool = ((commandLine.first ?? "") as NSString).lastPathComponent
    try? EventLog(path: path).append(FailureNote(tool: tool, arguments: Array(commandLine.dropFirst()), failure: failure, time: Date()))
  }

  /// All notes of a file, oldest first; none without the file. Lines that a crash cut off are passed over.
  package static func read(fromFile path: String) -> [FailureNote] {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { try? JSONDecoder().decode(FailureNote.self, from: Data($0.utf8)) }
  }
}
