import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct AtomicFileTests {
  private struct Stop: Error {}

  @Test func writesWholeFilesAndMissingFolders() throws {
    let path = folder + "/a/b/file.txt"
    try AtomicFile.write("old", to: path)
    try AtomicFile.write("new", to: path)
    #expect(FileManager.default.contents(atPath: path) == Data("new".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/a/b") == ["file.txt"])
  }

  @Test func piecesAreJoinedAndAFailureKeepsTheOldFile() throws {
    let path = folder + "/file.txt"
    try AtomicFile.write(to: path) { append in
      for piece in ["one ", "", "two"] { try Data(piece.utf8).withUnsafeBytes { try append($0) } }
    }
    #expect(throws: Stop.self) {
      try AtomicFile.write(to: path) { append in
        try Data("part".utf8).withUnsafeBytes { try append($0) }
        throw Stop()
      }
    }
    #expect(FileManager.default.contents(atPath: path) == Data("one two".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file.txt"])
  }

  @Test func equalContentIsNotWrittenAgain() throws {
    let path = folder + "/file.txt"
    let written = try ["a", "a", "b"].map { try AtomicFile.writeIfChanged($0, to: path) }
    #expect(written == [true, false, true])
  }

  @Test("the first write of a process into a folder removes side files of dead processes, but not locked ones, folders and others' files")
  func leftovers() throws {
    // Linux gives no process a number above 2^22.
    let dead = [".metrics.csv.4194400-9f3c.part", ".a.b.4194401-0.part"]
    let locked = ".elsewhere.csv.4194402.part"
    let kept = [locked, ".metrics.csv.\(getppid())-9f3c.part", "archive.tar.4194400.part", ".note.part"]
    for name in dead + kept { _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: Data("half".utf8)) }
    try FileManager.default.createDirectory(atPath: folder + "/.epoch.4194400.part", withIntermediateDirectories: true)
    let descriptor = open("\(folder)/\(locked)", O_RDONLY)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    try AtomicFile.write("whole", to: folder + "/metrics.csv")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.sorted() == (kept + ["metrics.csv", ".epoch.4194400.part"]).sorted())
  }

  @Test func impossiblePathsAreErrors() throws {
    try AtomicFile.write("file", to: folder + "/file")
    #expect { try AtomicFile.write("x", to: folder + "/file/below") } throws: { ($0 as? StageError)?.code == .inputOutput }
    #expect(stageError { try AtomicFile.makeDirectory(folder + "/file/below") }?.why == "Not a directory")
    #expect { try AtomicFile.write("x", to: folder) } throws: { ($0 as? StageError)?.code == .inputOutput }
  }
}
