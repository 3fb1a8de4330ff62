import CPJRT
import Foundation

/// What a plugin answers instead of a result.
struct PluginError: Error, CustomStringConvertible {
  let code: PJRT_Error_Code
  /// Its own words, lines after the first indented as the parts of our errors are.
  let message: String

  init(_ code: PJRT_Error_Code, _ message: String) {
    self.code = code
    self.message = message.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }.joined(
      separator: "\n         ")
  }

  init(_ message: String) { self.init(PJRT_Error_Code_UNKNOWN, message) }

  /// Whether the device has too little memory.
  var isShortage: Bool { code == PJRT_Error_Code_RESOURCE_EXHAUSTED }

  var description: String { message }
}
