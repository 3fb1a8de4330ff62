import Foundation
import RunSupport
import TestSupport
import Testing

@Suite struct StageErrorTests {
  private struct Surprise: Error {}

  @Test("errors of other libraries get four parts: files 74, anything else 70")
  func wrapping() throws {
    let file = #expect(throws: (any Error).self) { try FileManager.default.removeItem(atPath: "/nowhere/file") }
    let wrapped = StageError(wrapping: try #require(file))
    #expect(wrapped.code == .inputOutput && wrapped.location == "/nowhere/file" && wrapped.why == "No such file or directory")
    #expect(StageError(wrapping: POSIXError(.ENOSPC)).why == "No space left on device")
    let surprise = StageError(wrapping: Surprise())
    #expect(surprise.code == .internalBug && surprise.why == "Surprise()")
  }
}
