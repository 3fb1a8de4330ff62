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
    let path = repository.appendingPathComponent("Sources/Operations/Convolution/fftw-wisdom.txt")
    let text = try String(contentsOf: path, encoding: .utf8)
    #expect(text.hasPrefix("(fftw-") && text.hasSuffix(")"))
    let name = "wisdom \(FileHash.hex(of: Data(text.utf8)).prefix(12)), else estimate"
    #expect([name, "estimate"].contains(NumericEnvironment.current().fftPlanning), "\(NumericEnvironment.current().fftPlanning)")
  }

  @Test(
    "a build for a newer processor is refused with what to do, a fitting one is not",
    arguments: [
      (NumericEnvironment.Vectors.avx512, "SSM_VECTORS=avx2"), (.avx2, "2013 or newer"),
    ])
  func vectors(_ vectors: NumericEnvironment.Vectors, remedy: String) throws {
    try vectors.check(areOffered: true)
    let error = #expect(throws: StageError.self) { try vectors.check(areOffered: false) }
    #expect(error?.code == .badConfiguration)
    #expect(error?.why.contains(vectors.rawValue) == true)
    #expect(error?.remedy.contains(remedy) == true)
  }

  @Test("the tests run with vectors that this processor has")
  func compiledVectors() { #expect(NumericEnvironment.Vectors.compiled.areOffered) }
}
