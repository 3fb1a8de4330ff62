import Accelerators
import ArgumentParser
import Foundation
import RunSupport
import ToolSupport

struct ListDevices: Tool {
  static let configuration = CommandConfiguration(
    commandName: "devices", abstract: "Lists the plugins that are set up and the devices that they find.",
    discussion: "make setup-accelerator sets plugins up. A plugin that cannot be used says why; that is no failure of this command.")

  @Argument(help: "Names of plugins, or paths of their shared libraries; without them all that are set up.") var devices: [String] = []

  func run() throws {
    let folder = PluginFolder()
    let names = devices.isEmpty ? try folder.names() : devices
    if names.isEmpty {
      print(
        "no plugin is set up in \(folder.path): everything runs on the processor, by our own engine (make setup-accelerator DEVICE=cuda)")
    }
    for name in names {
      print(name)
      do {
        try describe(name, folder)
      } catch let error as StageError {
        print("error: \(error)".split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
      }
    }
  }

  private func describe(_ name: String, _ folder: PluginFolder) throws {
    func line(_ title: String, _ text: String) { print("  \(title.padding(toLength: 11, withPad: " ", startingAt: 0))\(text)") }
    line("file", try folder.library(name))
    if !name.contains("/") {
      line("wheels", try folder.description(name).wheels.map { "\($0.name) \($0.version)" }.joined(separator: ", "))
    }
    let device = try Device.open(name, folder: folder)
    line("interface", "\(device.plugin.version.major).\(device.plugin.version.minor)")
    line("platform", "\(device.platform), \(device.platformVersion.replacing("\n", with: " "))")
    for description in device.descriptions { line("device", "\(description), \(device.kind)") }
    if let memory = device.memoryUse() {
      line("memory", "\(ByteCount.text(memory.used)) used" + (memory.limit.map { " of \(ByteCount.text($0))" } ?? ""))
    }
  }
}
