import Foundation
import RunSupport

/// The reference readers of our file formats, where they are installed; tests that need them are skipped elsewhere.
package enum Python {
  package static let hasNumPy = run("import numpy")?.status == 0
  package static let hasSafetensors = run("import safetensors.numpy")?.status == 0
  /// A Python with PyTorch: that of the path, or the one that `make benchmark-peers` installs.
  package static let withTorch = interpreter(importing: "torch")
  package static let withTensorBoard = interpreter(importing: "tensorboard")

  package typealias Result = (status: Int32, output: String)

  /// Runs a script; nil if there is no Python.
  package static func run(_ script: String, _ arguments: String..., with interpreter: String? = nil) -> Result? {
    run(["-c", script] + arguments, with: interpreter)
  }

  /// Runs a file with a script.
  package static func run(file: String, _ arguments: [String] = [], with interpreter: String? = nil) -> Result? {
    run([file] + arguments, with: interpreter)
  }

  private static func run(_ arguments: [String], with interpreter: String?) -> Result? {
    let words = [interpreter ?? "python3"] + arguments
    guard let child = try? ChildProcess("/usr/bin/env", words, output: .captured, errors: .discarded) else { return nil }
    return (child.status, String(decoding: child.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private static func interpreter(importing module: String) -> String? {
    ["python3", "\(Fixtures.repository)/.setup/peers-venv/bin/python"].first { run("import \(module)", with: $0)?.status == 0 }
  }
}
