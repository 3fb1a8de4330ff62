import CPJRT
import RunSupport

extension CompiledProgram {
  /// Starts the program; its results may be used at once, and whoever reads their numbers waits.
  ///
  /// - Parameter arguments: in the order of the text. Donated ones hold nothing afterwards.
  /// - Returns: a buffer for each of `outputs`.
  /// - Throws: `StageError`: `systemShortage` if the device has too little memory, `internalBug` if an argument was donated before,
  ///   `inputOutput` if the device fails. What goes wrong later is thrown by `DeviceBuffer.wait` and `download`.
  package func run(_ arguments: [DeviceBuffer]) throws -> [DeviceBuffer] {
    do {
      let results = try withExtendedLifetime(arguments) { try execute(arguments.map { $0.handle }) }
      return zip(results, outputs).map { DeviceBuffer($0, shape: $1.shape, type: $1.type, on: device) }
    } catch let error as PluginError {
      if error.isShortage { throw StageError.shortage("run a program", device.plugin.path, because: error) }
      // The plugin says no more than that one of them cannot be used.
      let donated = arguments.indices.filter { arguments[$0].isDonated }
      if donated.isEmpty { throw StageError.deviceFailure("run a program", device.plugin.path, because: error) }
      throw StageError(
        .internalBug, "a program is given arrays whose memory another took", where: "\(device.plugin.path), arguments \(donated)",
        why: error.message, fix: "this is a mistake of ours; report it with this message and the command")
    }
  }

  private func execute(_ arguments: [OpaquePointer?]) throws -> [OpaquePointer] {
    var results = [OpaquePointer?](repeating: nil, count: outputs.count)
    var options = PJRT_ExecuteOptions()
    options.struct_size = MemoryLayout<PJRT_ExecuteOptions>.size
    try arguments.withUnsafeBufferPointer { arguments in
      try results.withUnsafeMutableBufferPointer { results in
        try withUnsafeMutablePointer(to: &options) { options in
          // A list of arguments and one of results for each device; there is one.
          let (given, wanted) = (arguments.baseAddress, results.baseAddress)
          try withUnsafePointer(to: given) { given in
            try withUnsafePointer(to: wanted) { wanted in
              var execute = PJRT_LoadedExecutable_Execute_Args()
              execute.executable = handle
              execute.options = options
              execute.argument_lists = given
              execute.num_devices = 1
              execute.num_args = arguments.count
              execute.output_lists = wanted
              try device.plugin.call(&execute)
            }
          }
        }
      }
    }
    let found = results.compactMap { $0 }
    guard found.count == results.count else { throw PluginError("it gives \(found.count) of \(results.count) results") }
    return found
  }
}
