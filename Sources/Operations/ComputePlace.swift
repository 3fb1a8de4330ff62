import Accelerators
import Arrays
import Synchronization

/// Where operations compute: on the processor at once, or on a device, all of them as one program.
///
/// For checks and single questions; how training runs on a device is known to `Training`.
package enum ComputePlace: Sendable {
  case processor
  case device(DevicePrograms)

  /// Runs operations.
  ///
  /// - Parameters:
  ///   - tensors: what the operations read and write, in main memory; on a device they stand for arguments of a program while `body` runs, and
  ///     hold what it left in them afterwards. Other tensors are constants.
  ///   - dropoutSeed: of the stream from whose beginning masks are drawn on a device.
  ///   - body: returns the results that are wanted.
  /// - Returns: the results, in main memory.
  /// - Throws: what `body` throws, or `StageError` of the device.
  package func run(_ tensors: [Tensor], dropoutSeed: UInt64 = 0, _ body: () throws -> [Tensor]) throws -> [Tensor] {
    try run(tensors, dropoutSeed: dropoutSeed) { _ in try body() }
  }

  /// Runs operations of which some have another form in a program.
  ///
  /// - Parameter body: gets the program under construction, or nil on the processor.
  package func run(
    _ tensors: [Tensor], dropoutSeed: UInt64 = 0, _ body: (Program?) throws -> [Tensor]
  ) throws -> [Tensor] {
    switch self {
    case .processor: try body(nil)
    case .device(let programs): try programs.run(tensors, dropoutSeed: dropoutSeed, body)
    }
  }
}

/// Programs of operations on a device, each compiled once.
package final class DevicePrograms: Sendable {
  private let device: Device
  private let options: CompileOptions
  private let compiled = Mutex<[String: CompiledProgram]>([:])

  package init(_ device: Device, options: CompileOptions = CompileOptions()) { (self.device, self.options) = (device, options) }

  fileprivate func run(_ tensors: [Tensor], dropoutSeed: UInt64, _ body: (Program) throws -> [Tensor]) throws -> [Tensor] {
    let program = Program()
    let arguments = tensors.map { program.argument($0.shape) }
    let seed = [dropoutSeed, dropoutSeed >> 32].map { program.constant(Double(UInt32(truncatingIfNeeded: $0)), [], .uint32) }
    program.dropoutStream = RandomNumbers(key: (seed[0], seed[1]), position: program.constant(0, [], .uint64))
    let values = try Tensor.lending(tensors, to: program, as: arguments) {
      try body(program).map { $0.value(in: program) } + tensors.map { $0.value(in: program) }
    }
    let buffers = try compile(program.text(returning: values)).run(try tensors.map { try device.upload($0) })
    let resultCount = values.count - tensors.count
    for (tensor, buffer) in zip(tensors, buffers.dropFirst(resultCount)) { tensor.upload(try buffer.floats()) }
    return try buffers.prefix(resultCount).map { Tensor($0.shape, values: try $0.floats()) }
  }

  private func compile(_ text: String) throws -> CompiledProgram {
    if let known = compiled.withLock({ $0[text] }) { return known }
    let program = try device.compile(text, options: options)
    compiled.withLock { $0[text] = program }
    return program
  }
}
