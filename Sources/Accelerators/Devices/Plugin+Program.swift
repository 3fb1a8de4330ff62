import CPJRT

extension Plugin {
  /// Lends a program's text and options in the form that compilers take.
  static func withProgram(
    _ text: String, _ options: [UInt8],
    _ body: (UnsafePointer<PJRT_Program>, UnsafeBufferPointer<CChar>) throws(PluginError) -> Void
  ) throws(PluginError) {
    let (text, format) = (Array(text.utf8), Array("mlir".utf8))
    let result = text.withUnsafeBytes { text in
      format.withUnsafeBytes { format in
        options.withUnsafeBytes { options in
          var program = PJRT_Program()
          program.struct_size = MemoryLayout<PJRT_Program>.size
          // It is only read.
          program.code = UnsafeMutableRawPointer(mutating: text.baseAddress)?.assumingMemoryBound(to: CChar.self)
          program.code_size = text.count
          program.format = format.baseAddress?.assumingMemoryBound(to: CChar.self)
          program.format_size = format.count
          return withUnsafePointer(to: program) { program in
            Result { () throws(PluginError) in try body(program, options.assumingMemoryBound(to: CChar.self)) }
          }
        }
      }
    }
    try result.get()
  }
}
