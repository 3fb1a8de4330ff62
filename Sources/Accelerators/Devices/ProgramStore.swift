import Foundation
import RunSupport

/// Compiled programs kept on disk, so that each is compiled once for a plugin, its flags and a kind of device.
///
/// Nothing here is an error: what cannot be read is compiled anew, and what cannot be written is compiled again the next time.
package struct ProgramStore: Sendable {
  package let device: Device
  package let folder: String
  /// Bytes that the entries may have together; the longest unused ones make room.
  package let capacity: Int

  /// - Parameter folder: nil for `programs` beside the plugins.
  package init(_ device: Device, folder: String? = nil, capacity: Int = 4 << 30) {
    self.device = device
    self.folder = folder ?? device.folder.path + "/programs"
    self.capacity = capacity
  }

  /// A program that was compiled before, or is now.
  ///
  /// - Parameter text: as for `Device.compile`.
  /// - Returns: the program, and whether it was compiled before.
  /// - Throws: `StageError`, as `Device.compile`; `inputOutput` if the plugin's file cannot be read.
  package func program(_ text: String, options: CompileOptions = CompileOptions()) throws -> (program: CompiledProgram, isKept: Bool) {
    let path = "\(folder)/\(try key(text, options)).program"
    if let bytes = Self.read(path), let program = try? CompiledProgram(serialized: bytes, on: device) {
      // What was used last is removed last.
      utimes(path, nil)
      return (program, true)
    }
    let program = try device.compile(text, options: options)
    if let bytes = program.serialized(), (try? Self.write(bytes, to: path)) != nil { makeRoom() }
    return (program, false)
  }

  /// What the compiled program depends on.
  private func key(_ text: String, _ options: CompileOptions) throws -> String {
    var parts = [try device.plugin.hash(), device.platformVersion, device.kind, FileHash.hex(of: Data(options.encoded())), text]
    // Code for processors is compiled for the one of this machine.
    if device.platform == "cpu" { parts.append(Self.processorFlags) }
    return FileHash.hex(of: Data(parts.map { "\($0.utf8.count):\($0)" }.joined().utf8))
  }

  private static let processorFlags: String = {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.filter { $0.hasPrefix("flags") || $0.hasPrefix("model name") }.prefix(2).joined()
  }()

  // An entry is the hash of the program's bytes, a line, and the bytes: a plugin may crash on damaged ones.

  private static func read(_ path: String) -> Data? {
    guard let entry = FileManager.default.contents(atPath: path), let end = entry.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let bytes = entry[(end + 1)...]
    return entry[..<end].elementsEqual(FileHash.hex(of: bytes).utf8) ? Data(bytes) : nil
  }

  private static func write(_ bytes: Data, to path: String) throws {
    try AtomicFile.write(Data("\(FileHash.hex(of: bytes))\n".utf8) + bytes, to: path)
  }

  /// Removes the longest unused entries if there is too much.
  private func makeRoom() {
    let names = ((try? InputFile.names(inFolder: folder)) ?? []).filter { $0.hasSuffix(".program") }
    let entries = names.compactMap { name -> (path: String, used: Date, bytes: Int)? in
      let path = "\(folder)/\(name)"
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      guard let used = attributes?[.modificationDate] as? Date, let bytes = attributes?[.size] as? Int else { return nil }
      return (path, used, bytes)
    }
    var excess = entries.reduce(-capacity) { $0 + $1.bytes }
    for entry in entries.sorted(by: { $0.used < $1.used }) where excess > 0 {
      unlink(entry.path)
      excess -= entry.bytes
    }
  }
}
