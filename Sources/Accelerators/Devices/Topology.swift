import CPJRT
import Foundation
import RunSupport

/// A kind of device that need not be there: a plugin compiles for it from the facts of the chip.
///
/// What comes out cannot be run here; it tells what a device like that would need and do.
// Unchecked: All members are constants, and the plugin's functions may be called by any thread.
package final class Topology: @unchecked Sendable {
  package let plugin: Plugin
  /// Version of the plugin's compiler and libraries.
  package let platformVersion: String
  private let folder: PluginFolder
  private let handle: OpaquePointer

  /// One device of a kind.
  ///
  /// - Parameters:
  ///   - name: a plugin that is set up, such as `cuda`, or the path of a plugin's shared library.
  ///   - target: the facts of the chip: a message `GpuTargetConfigProto` of XLA as text.
  /// - Throws: `StageError`: what `Plugin.init` says; `badConfiguration` if the plugin cannot compile for such a device.
  package init(_ name: String, target: String, folder: PluginFolder = PluginFolder()) throws {
    let plugin = try Plugin(path: folder.library(name))
    do {
      handle = try Self.create(plugin, ["target_config": target, "topology": "1x1x1"])
      var version = PJRT_TopologyDescription_PlatformVersion_Args()
      version.topology = handle
      try plugin.call(&version)
      platformVersion = Plugin.text(version.platform_version, version.platform_version_size)
    } catch {
      throw StageError(
        .badConfiguration, "a plugin cannot compile for a device that is not there", where: plugin.path, why: error.message,
        fix: "use the plugin for NVIDIA's (`make setup-accelerator DEVICE=cuda`) and the facts of one of its chips")
    }
    (self.plugin, self.folder) = (plugin, folder)
  }

  deinit {
    var destroy = PJRT_TopologyDescription_Destroy_Args()
    destroy.topology = handle
    try? plugin.call(&destroy)
  }

  private static func create(_ plugin: Plugin, _ texts: KeyValuePairs<String, String>) throws(PluginError) -> OpaquePointer {
    let texts = texts.map { (Array($0.key.utf8CString), Array($0.value.utf8CString)) }
    var create = PJRT_TopologyDescription_Create_Args()
    // The arrays keep their places until the end of the call.
    let result = withExtendedLifetime(texts) {
      let options = texts.map { name, value in
        var option = PJRT_NamedValue()
        option.struct_size = MemoryLayout<PJRT_NamedValue>.size
        option.type = PJRT_NamedValue_kString
        name.withUnsafeBufferPointer { (option.name, option.name_size) = ($0.baseAddress, $0.count - 1) }
        value.withUnsafeBufferPointer { (option.string_value, option.value_size) = ($0.baseAddress, $0.count - 1) }
        return option
      }
      return options.withUnsafeBufferPointer { options in
        Result { () throws(PluginError) in
          create.create_options = options.baseAddress
          create.num_options = options.count
          try plugin.call(&create)
        }
      }
    }
    try result.get()
    guard let topology = create.topology else { throw PluginError("it gives no topology") }
    return topology
  }

  /// Compiles a program for the device, which need not be there.
  ///
  /// - Parameter text: as for `Device.compile`.
  /// - Throws: `StageError` (`internalBug`) with the plugin's words if it refuses the text, which is kept in a file that the error names.
  package func compile(_ text: String, options: CompileOptions) throws -> PlannedProgram {
    var compile = PJRT_Compile_Args()
    compile.topology = handle
    do throws(PluginError) {
      try Plugin.withProgram(text, options.encoded()) { program, options throws(PluginError) in
        compile.program = program
        compile.compile_options = options.baseAddress
        compile.compile_options_size = options.count
        try plugin.call(&compile)
      }
      defer {
        var destroy = PJRT_Executable_Destroy_Args()
        destroy.executable = compile.executable
        try? plugin.call(&destroy)
      }
      return try PlannedProgram(compile.executable, plugin)
    } catch {
      throw StageError.refusedProgram(plugin.path, kept: folder.kept(text), because: error)
    }
  }
}
