import CPJRT
import Foundation

extension CompiledProgram {
  /// The compiled program as bytes, from which the same plugin makes it again; nil if it cannot.
  package func serialized() -> Data? {
    try? Self.withExecutable(handle, device.plugin) { executable throws(PluginError) in
      var serialize = PJRT_Executable_Serialize_Args()
      serialize.executable = executable
      try device.plugin.call(&serialize)
      defer { serialize.serialized_executable_deleter?(serialize.serialized_executable) }
      return Data(bytes: serialize.serialized_bytes, count: serialize.serialized_bytes_size)
    }
  }

  /// A program from `serialized`.
  convenience init(serialized bytes: Data, on device: Device) throws(PluginError) {
    var load = PJRT_Executable_DeserializeAndLoad_Args()
    load.client = device.client
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(PluginError) in
        load.serialized_executable = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        load.serialized_executable_size = bytes.count
        try device.plugin.call(&load)
      }
    }
    try result.get()
    guard let handle = load.loaded_executable else { throw PluginError("it gives no program") }
    try self.init(handle, on: device)
  }
}
