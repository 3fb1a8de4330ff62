import Foundation
import RunSupport

/// The reference readers of our file formats, where they are installed; tests that need them are skipped elsewhere.
package enum Python {
  package static let hasNumPy = run("import numpy")?.status == 0
  package static let hasSafetensors = run("import safetensors.numpy")?.status == 0

  /// Runs a script; nil if there is no Python.
  package static func run(_ script: String, _ arguments: String...) -> (status: Int32, output: String)? {
    let words = ["python3", "-c", script] + arguments
    guard let child = try? ChildProcess("/usr/bin/env", words, output: .captured, errors: .discarded) else { return nil }
    return (child.status, String(decoding: child.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
