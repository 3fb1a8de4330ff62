import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct InputFileTests {
  @Test("all bytes, also of a file whose length the system does not know") func bytes() throws {
    let bytes = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) })
    try AtomicFile.write(bytes, to: folder + "/file")
    #expect(try InputFile.data(folder + "/file", fix: "") == bytes)
    #expect(try InputFile.data("/proc/self/status", fix: "").count > 100)
  }

  @Test("what is not there is missing; what the system does not give is an error of input and output") func errors() throws {
    func code(_ path: String) -> StageError.Code? { #expect(throws: StageError.self) { try InputFile.data(path, fix: "make it") }?.code }
    #expect(code(folder + "/nothing") == .missingInput)
    #expect(code(folder) == .missingInput, "a folder is no file")
    // Nothing can be read at its beginning.
    #expect(code("/proc/self/mem") == .inputOutput)
  }

  @Test("names of a folder in their order, none of what is no folder") func names() throws {
    for name in ["b", "a", ".c"] { try AtomicFile.write("", to: "\(folder)/\(name)") }
    #expect(try InputFile.names(inFolder: folder) == [".c", "a", "b"])
    #expect(try InputFile.names(inFolder: folder + "/a") == [] && InputFile.names(inFolder: folder + "/nothing") == [])
  }
}
