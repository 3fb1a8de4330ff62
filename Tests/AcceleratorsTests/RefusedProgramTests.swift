import Accelerators
import Foundation
import RunSupport
import TestSupport
import Testing

/// Texts and options that a plugin refuses.
@Suite(.temporaryFolder, .needsPlugin) struct RefusedProgramTests {
  private let text = "module { func.func public @main(%a: tensor<3xf32>) -> tensor<3xf32> {\n  return %b : tensor<3xf32> } }"

  @Test("the error has the plugin's words with line and column, and names a file with the text") func wrongText() throws {
    let device = try TestDevice.cpu()
    let error = stageError { _ = try device.compile(text) }
    #expect(error?.code == .internalBug && error?.why.contains("undeclared") == true, "\(error as Any)")
    let place = try #require(error?.location)
    #expect(place.hasSuffix(".mlir:2:10"), "\(place)")
    let kept = String(place.dropLast(5))
    defer { unlink(kept) }
    #expect(try String(contentsOfFile: kept, encoding: .utf8) == text)
  }

  @Test("a flag that the plugin does not know is refused, one that it knows is read") func flags() throws {
    let device = try TestDevice.cpu()
    let sound = text.replacingOccurrences(of: "%b", with: "%a")
    for flag in [CompileOptions.Flag.boolean(true), .integer(3), .text("3")] {
      let error = stageError { _ = try device.compile(sound, options: CompileOptions(flags: ["xla_no_such_flag": flag])) }
      unlink(error?.location ?? "")
      #expect(error?.why.contains("xla_no_such_flag") == true, "\(error as Any)")
    }
    let options = CompileOptions(flags: [
      "xla_cpu_enable_fast_math": .boolean(false), "xla_backend_optimization_level": .integer(1), "xla_dump_to": .text(""),
    ])
    _ = try device.compile(sound, options: options)
  }
}
