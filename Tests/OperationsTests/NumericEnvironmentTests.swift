import Foundation
import Operations
import RunSupport
import Testing

@Suite struct NumericEnvironmentTests {
  @Test("stored plans are named by the hash of their text, not by its length")
  func wisdomNames() {
    // SHA-256 of "abc" as FIPS 180-4 prints it: ba7816bf 8f01cfea…
    #expect(FourierWisdom.planning(with: "abc") == "wisdom ba7816bf8f01, else estimate")
    #expect(FourierWisdom.planning(with: "abd") != FourierWisdom.planning(with: "abc"))
    #expect(FourierWisdom.planning(with: nil) == "estimate")
  }

  @Test("this process names the text of the source, or says that its FFTW refuses it")
  func storedWisdom() throws {
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let source = try String(contentsOf: repository.appendingPathComponent("Sources/Operations/FourierWisdom+Text.swift"), encoding: .utf8)
    // What stands between the marks of the literal, without its indentation.
    let literal = try #require(source.components(separatedBy: "\"\"\"").dropFirst().first)
    let text = literal.split(separator: "\n").map { $0.dropFirst(4) }.dropLast().joined(separator: "\n")
    #expect(text.hasPrefix("(fftw-") && text.hasSuffix(")"))
    let name = "wisdom \(FileHash.hex(of: Data(text.utf8)).prefix(12)), else estimate"
    #expect([name, "estimate"].contains(NumericEnvironment.current().fftPlanning), "\(NumericEnvironment.current().fftPlanning)")
  }
}
