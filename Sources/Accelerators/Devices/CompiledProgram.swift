import CPJRT
import Foundation
import RunSupport

/// A program that a plugin has compiled for a device.
// Unchecked: All members are constants, and the plugin's functions may be called by any thread.
package final class CompiledProgram: @unchecked Sendable {
  /// A result's shape, row-major, and the type of its numbers.
  package struct Output: Sendable, Equatable {
    package let shape: [Int]
    package let type: ElementType
  }

  package let device: Device
  package let outputs: [Output]
  /// What it needs of the device's memory; nil where the plugin does not tell.
  package let memoryPlan: MemoryPlan?

  let handle: OpaquePointer

  /// - Parameter handle: owned by this object from now on, also if this fails.
  init(_ handle: OpaquePointer, on device: Device) throws(PluginError) {
    do {
      (outputs, memoryPlan) = try Self.withExecutable(handle, device.plugin) { executable throws(PluginError) in
        (try Self.outputs(executable, device.plugin), MemoryPlan(executable, device.plugin))
      }
    } catch {
      Self.destroy(handle, device.plugin)
      throw error
    }
    (self.handle, self.device) = (handle, device)
  }

  deinit { Self.destroy(handle, device.plugin) }

  private static func destroy(_ handle: OpaquePointer, _ plugin: Plugin) {
    var destroy = PJRT_LoadedExecutable_Destroy_Args()
    destroy.executable = handle
    try? plugin.call(&destroy)
  }

  /// Asks for the form of a program that can be described, and frees it afterwards.
  static func withExecutable<Result>(
    _ handle: OpaquePointer, _ plugin: Plugin, _ body: (OpaquePointer?) throws(PluginError) -> Result
  ) throws(PluginError) -> Result {
    var access = PJRT_LoadedExecutable_GetExecutable_Args()
    access.loaded_executable = handle
    try plugin.call(&access)
    defer {
      var destroy = PJRT_Executable_Destroy_Args()
      destroy.executable = access.executable
      try? plugin.call(&destroy)
    }
    return try body(access.executable)
  }

  private static func outputs(_ executable: OpaquePointer?, _ plugin: Plugin) throws(PluginError) -> [Output] {
    var types = PJRT_Executable_OutputElementTypes_Args()
    types.executable = executable
    try plugin.call(&types)
    var sizes = PJRT_Executable_OutputDimensions_Args()
    sizes.executable = executable
    try plugin.call(&sizes)
    guard types.num_output_types == sizes.num_outputs else {
      throw PluginError("it names \(types.num_output_types) types of \(sizes.num_outputs) results")
    }
    var next = 0
    var outputs: [Output] = []
    for index in 0..<sizes.num_outputs {
      guard let type = ElementType(pluginType: types.output_types[index]) else {
        throw PluginError("result \(index) has numbers of type \(types.output_types[index].rawValue), none of ours")
      }
      let rank = sizes.dim_sizes[index]
      outputs.append(Output(shape: (next..<next + rank).map { Int(sizes.dims[$0]) }, type: type))
      next += rank
    }
    return outputs
  }
}

extension Device {
  /// Compiles a program.
  ///
  /// - Parameter text: a StableHLO module whose function is `main`. An argument whose memory a result may take has the attribute
  ///   `tf.aliasing_output` with the result's number.
  /// - Throws: `StageError`: `internalBug` with the plugin's words if it refuses the text, which is kept in a file that the error names;
  ///   `systemShortage` if the device has too little memory.
  package func compile(_ text: String, options: CompileOptions = CompileOptions()) throws -> CompiledProgram {
    do throws(PluginError) {
      return try CompiledProgram(compiled(text, options.encoded()), on: self)
    } catch {
      throw StageError.refusedProgram(plugin.path, kept: folder.kept(text), because: error)
    }
  }

  private func compiled(_ text: String, _ options: [UInt8]) throws(PluginError) -> OpaquePointer {
    var compile = PJRT_Client_Compile_Args()
    compile.client = client
    try Plugin.withProgram(text, options) { program, options throws(PluginError) in
      compile.program = program
      compile.compile_options = options.baseAddress
      compile.compile_options_size = options.count
      try plugin.call(&compile)
    }
    guard let executable = compile.executable else { throw PluginError("it gives no program") }
    return executable
  }
}

extension PluginFolder {
  /// Writes a program's text beside the plugins, or where that is not possible among temporary files; nil if neither can be written.
  func kept(_ text: String) -> String? {
    let name = FileHash.hex(of: Data(text.utf8)).prefix(16) + ".mlir"
    return ["\(path)/refused/\(name)", "\(NSTemporaryDirectory())/\(name)"].first { path in
      (try? AtomicFile.write(text, to: path)) != nil
    }
  }
}
