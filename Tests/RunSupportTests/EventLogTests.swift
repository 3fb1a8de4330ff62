import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct EventLogTests {
  private struct Event: Codable, Equatable {
    var event: String
    var step = 0
  }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func linesAreAddedOverRestarts() throws {
    let path = folder + "/run/log.jsonl"
    try EventLog(path: path).append(Event(event: "start"))
    let log = try EventLog(path: path)
    try log.append(Event(event: "a\nb/c", step: 2))
    #expect(try lines(path) == [#"{"event":"start","step":0}"#, #"{"event":"a\nb/c","step":2}"#, ""])
  }

  @Test func aLineCutByACrashStaysAlone() throws {
    let path = folder + "/log.jsonl"
    try Data(#"{"event":"sta"#.utf8).write(to: URL(fileURLWithPath: path))
    try EventLog(path: path).append(Event(event: "start"))
    #expect(try lines(path) == [#"{"event":"sta"#, #"{"event":"start","step":0}"#, ""])
  }

  @Test func aFolderIsNoLog() throws {
    #expect { try EventLog(path: folder) } throws: { ($0 as? StageError)?.code == .inputOutput }
  }
}
