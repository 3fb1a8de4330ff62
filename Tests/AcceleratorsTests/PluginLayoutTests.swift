import Foundation
import RunSupport
import TestSupport
import Testing

/// Our declarations of PJRT's interface against the header that comes with the plugin for processors.
@Suite(
  .temporaryFolder, .needsPlugin,
  .needsCompiler)
struct PluginLayoutTests {
  private let ours = Fixtures.repository + "/Sources/C/CPJRT/include"
  private let theirs = TestDevice.folder.path + "/cpu/xla_plugins/xla_cpu_pjrt/include"

  /// Everything that our headers declare: sizes of structures, places of members, values of constants.
  private func facts() throws -> [String] {
    var facts: [String] = []
    for name in try InputFile.names(inFolder: ours) {
      let text = try String(contentsOfFile: "\(ours)/\(name)", encoding: .utf8)
      for structure in text.matches(of: #/typedef struct \{\n([^}]*(?:union \{[^}]*\};[^}]*)?)\} (\w+);/#) {
        let members = structure.1.replacing("SSM_PJRT_HEAD", with: "size_t struct_size;\nvoid *extension_start;")
        facts.append("sizeof(\(structure.2))")
        for member in members.matches(of: #/\(\*(\w+)\)\(|(\w+)(?:\[\d+\])?;/#) {
          let field = member.1 ?? member.2 ?? ""
          if !field.hasPrefix("unused_") { facts.append("offsetof(\(structure.2), \(field))") }
        }
      }
      for constant in text.matches(of: #/(\w+) = \d+/#) { facts.append(String(constant.1)) }
    }
    return facts
  }

  @Test("sizes, places and constants are those of OpenXLA") func layout() throws {
    let facts = try facts()
    #expect(facts.count > 200 && facts.contains("offsetof(PJRT_Api, PJRT_Buffer_ReadyEvent)") && facts.contains("PJRT_Buffer_Type_C128"))
    #expect(facts.contains("offsetof(PJRT_NamedValue, float_value)"))
    func answers(_ header: String, _ name: String) throws -> [String] {
      let lines = facts.map { "  printf(\"%s = %zu\\n\", \"\($0)\", (size_t)\($0));" }
      let program =
        "#include <stddef.h>\n#include <stdio.h>\n#include \"\(header)\"\nint main(void) {\n\(lines.joined(separator: "\n"))\n}\n"
      let path = "\(folder)/\(name)"
      try CCompiler.compile(program, to: path)
      let run = try ChildProcess(path, [], output: .captured, errors: .inherited)
      return String(decoding: run.output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    let (own, other) = (try answers("\(ours)/CPJRT.h", "ours"), try answers("\(theirs)/pjrt_c_api.h", "theirs"))
    #expect(own.count == facts.count)
    // Theirs has more functions than we name.
    let differing = zip(own, other).filter { $0 != $1 && !$0.hasPrefix("sizeof(PJRT_Api)") }
    #expect(differing.isEmpty, "ours, theirs: \(differing)")
  }
}
