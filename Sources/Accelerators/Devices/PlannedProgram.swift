import CPJRT
import Foundation

/// What a compiler has made of a program for a device: the memory that it needs, and the kernels that it starts.
package struct PlannedProgram: Sendable {
  package let memoryPlan: MemoryPlan
  /// In the order in which they run.
  package let kernels: [Kernel]

  /// Bytes that all kernels read and write.
  package var bytes: Int { kernels.reduce(0) { $0 + $1.bytes } }

  init(_ executable: OpaquePointer?, _ plugin: Plugin) throws(PluginError) {
    guard let plan = MemoryPlan(executable, plugin) else { throw PluginError("it does not tell the memory of a program") }
    memoryPlan = plan
    kernels = try OptimizedModule(Self.module(executable, plugin)).kernels()
  }

  /// The program after the compiler's passes, a message `HloModuleProto`.
  private static func module(_ executable: OpaquePointer?, _ plugin: Plugin) throws(PluginError) -> [UInt8] {
    var program = PJRT_Program()
    program.struct_size = MemoryLayout<PJRT_Program>.size
    var read = PJRT_Executable_OptimizedProgram_Args()
    read.executable = executable
    func call() throws(PluginError) {
      let result = withUnsafeMutablePointer(to: &program) { program in
        Result { () throws(PluginError) in
          read.program = program
          try plugin.call(&read)
        }
      }
      try result.get()
    }
    // The first call tells the size.
    try call()
    var bytes = [UInt8](repeating: 0, count: program.code_size)
    let format = Plugin.text(program.format, program.format_size)
    let result = bytes.withUnsafeMutableBytes { bytes in
      Result { () throws(PluginError) in
        program.code = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        try call()
      }
    }
    try result.get()
    switch format {
    case "hlo": return bytes
    case "hlo_with_config": return Array(try ProtocolFields(bytes[...]).first(1))
    default: throw PluginError("it gives the compiled program as '\(format)', which cannot be read here")
    }
  }
}

/// An operation of a compiled program that runs by itself on the device.
package struct Kernel: Sendable, Equatable {
  package let name: String
  /// XLA's word for what it is: `fusion`, `fft`, `custom-call`, …
  package let operation: String
  /// Bytes of its operands and results, each counted once, of an operand that it slices the slices: what it moves where no cache helps.
  package let bytes: Int
  /// Points of a Fourier transform; nil of what is none.
  package let transformLength: Int?
}
