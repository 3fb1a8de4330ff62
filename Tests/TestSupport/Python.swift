import Foundation

/// The reference readers of our file formats, where they are installed; tests that need them are skipped elsewhere.
package enum Python {
  package static let hasNumPy = run("import numpy")?.status == 0
  package static let hasSafetensors = run("import safetensors.numpy")?.status == 0

  /// Runs a script; nil if there is no Python.
  package static func run(_ script: String, _ arguments: String...) -> (status: Int32, output: String)? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
