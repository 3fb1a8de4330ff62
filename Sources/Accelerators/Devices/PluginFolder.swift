import Foundation
import RunSupport

/// The plugins that `make setup-accelerator` has set up, a folder each, by their names: `cpu`, `cuda`.
package struct PluginFolder: Sendable {
  /// Which files a plugin came from, as `plugin.json` in its folder says; that file is written last.
  package struct Description: Codable, Sendable, Equatable {
    package struct Wheel: Codable, Sendable, Equatable {
      package let name: String
      package let version: String
      package let sha256: String
    }

    /// The shared library, inside the folder.
    package let plugin: String
    package let wheels: [Wheel]
  }

  package let path: String

  /// - Parameter path: nil for the usual one: what the environment's SSM_ACCELERATORS says, else `.accelerators` in the current folder.
  package init(path: String? = nil) {
    let named = ProcessInfo.processInfo.environment["SSM_ACCELERATORS"].flatMap { $0.isEmpty ? nil : $0 }
    self.path = path ?? named ?? ".accelerators"
  }

  /// The names of the plugins that are there, in their order.
  ///
  /// - Throws: `StageError` (`inputOutput`) if the folder cannot be read.
  package func names() throws -> [String] {
    try InputFile.names(inFolder: path).filter { Self.isName($0) && FileManager.default.fileExists(atPath: descriptionPath($0)) }
  }

  /// Which files the plugin came from.
  ///
  /// - Throws: `StageError`: `missingInput` if it is not set up, `badData` if its description cannot be read.
  package func description(_ name: String) throws -> Description {
    let data = try InputFile.data(descriptionPath(name), fix: "run `make setup-accelerator DEVICE=\(name)`")
    do {
      return try JSONDecoder().decode(Description.self, from: data)
    } catch {
      throw StageError(
        .badData, "the description of a plugin cannot be read", where: descriptionPath(name), why: "\(error)",
        fix: "delete its folder and run `make setup-accelerator DEVICE=\(name)`")
    }
  }

  /// The shared library that a user names: by a plugin's name, or by its path, which holds a slash.
  ///
  /// - Throws: `StageError`: `badConfiguration` if it is neither, `missingInput` if the plugin is not set up, `badData` if its description
  ///   cannot be read.
  package func library(_ device: String) throws -> String {
    if device.contains("/") { return device }
    guard Self.isName(device) else {
      throw StageError(
        .badConfiguration, "impossible device '\(device)'", where: "DEVICE", why: "it is neither the name of a plugin nor a path",
        fix: "use cpu, cuda, another name below \(path), or the path of a plugin's shared library, such as ./plugin.so")
    }
    guard FileManager.default.fileExists(atPath: descriptionPath(device)) else {
      let present = try names()
      throw StageError(
        .missingInput, "no plugin is set up for the device '\(device)'", where: "\(path)/\(device)",
        why: present.isEmpty ? "none is set up yet" : "set up are: \(present.joined(separator: ", "))",
        fix: "run `make setup-accelerator DEVICE=\(device)`, or name a plugin's shared library by its path")
    }
    return "\(path)/\(device)/\(try description(device).plugin)"
  }

  private func descriptionPath(_ name: String) -> String { "\(path)/\(name)/plugin.json" }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
  }
}
