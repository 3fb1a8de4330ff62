import Arrays
import Foundation
import TestSupport
import Testing

/// `check-golden` as a process: it passes on the stored numbers and can fail.
@Suite(.temporaryFolder) struct CheckGoldenTests {
  @Test("the stored cases pass in float32 and float64")
  func passes() throws {
    let result = try BuiltTool.run("check-golden", ["--directory", Fixtures.path("golden")])
    #expect(result.status == 0, "\(result.output.suffix(2000))\(result.errors)")
    for name in ["01", "02", "02b", "03a", "03b", "03c", "03d", "04", "04b", "05", "06", "07", "08", "09a", "09b", "10"] {
      #expect(result.output.contains("case\(name) "), "case\(name) was not computed")
    }
    #expect(result.output.hasSuffix("\n1052 comparisons: 1052 ok, 0 FAIL; 0 not covered yet\n"), "\(result.output.suffix(200))")
  }

  @Test("one altered number fails, in words and in the exit code")
  func fails() throws {
    for name in ["index.json", "case02b_fftconv.safetensors"] {
      try FileManager.default.copyItem(atPath: Fixtures.path("golden/\(name)"), toPath: "\(folder)/\(name)")
    }
    let path = "\(folder)/case02b_fftconv.safetensors"
    let file = try SafetensorsFile(path: path)
    let entries = try file.names.map { name in
      let tensor = try file.tensor(name)
      var values = try tensor.doubles()
      if name == "causal_a.y" { values[0] += 0.01 }
      return SafetensorsEntry(name, values, shape: tensor.shape)
    }
    try SafetensorsFile.write(entries, to: path)
    let result = try BuiltTool.run("check-golden", ["--directory", folder, "--case", "case02b"])
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.output.contains("FAIL"))
  }

  @Test("a missing folder is named")
  func missing() throws {
    try BuiltTool.refuse("check-golden", ["--directory", "/nonexistent/golden"], status: 66, "/nonexistent/golden")
  }
}
