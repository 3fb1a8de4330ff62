import Foundation
import Operations
import RunSupport
import Training

/// What this process is made of, as far as it matters for its results.
package struct RunningProcess: Sendable {
  package let code: CodeRevision
  package let numerics: NumericEnvironment
  package let compiler: String
  package let processor: String
  /// What trains; nil is our own engine.
  package let device: ComputingDevice.Description?
  /// The short text under which equal bits are promised: code, libraries, chunk layout and device, not the number of threads.
  package let fingerprint: String

  package init(device: ComputingDevice.Description? = nil) throws {
    self.device = device
    code = .current()
    numerics = .current()
    let compilerFile = ((ChildProcess.ownExecutable as NSString).deletingLastPathComponent as NSString).appendingPathComponent(
      "compiler.txt")
    compiler =
      (try? String(contentsOfFile: compilerFile, encoding: .utf8))?.split(separator: "\n").first.map(String.init) ?? "unknown"
    processor = Self.processorName
    // A commit names clean code; of other code only the executable itself can tell what it is.
    let isNamed = !code.isDirty && code.revision != "unknown"
    fingerprint = try Self.fingerprint(
      of: code, numerics, device: device, executable: isNamed ? nil : FileHash.hex(ofFile: "/proc/self/exe"))
  }

  /// - Parameter executable: the hash of the program, where no commit names its code.
  package static func fingerprint(
    of code: CodeRevision, _ numerics: NumericEnvironment, device: ComputingDevice.Description? = nil, executable: String?
  ) throws -> String {
    struct Decisive: Encodable {
      var code: CodeRevision
      var numerics: NumericEnvironment
      var device: ComputingDevice.Description?
      var executable: String?
    }
    return FileHash.hex(
      of: Data(try JSONText.encode(Decisive(code: code, numerics: numerics, device: device, executable: executable)).utf8))
  }

  /// As the system names it.
  package static var processorName: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }
}
