import Accelerators
import Arrays
import Operations

/// Where a test lets operations compute: on the processor, or as a program on the device of the plugin for processors.
package enum Engine: String, CaseIterable, Sendable {
  case host, device

  /// Both, or the processor alone where no plugin is set up; `PluginTests` says so.
  package static var all: [Engine] { TestDevice.isSetUp ? allCases : [.host] }

  /// Runs operations.
  ///
  /// - Parameters:
  ///   - tensors: what the operations read and write, in main memory; on a device they stand for arguments of a program while `body` runs, and
  ///     hold what it left in them afterwards. Other tensors are constants.
  ///   - dropoutSeed: of the stream from whose beginning masks are drawn.
  ///   - body: returns the results that are wanted.
  /// - Returns: the results, in main memory.
  package func run(_ tensors: [Tensor], dropoutSeed: UInt64 = 1, _ body: () throws -> [Tensor]) throws -> [Tensor] {
    if self == .host { return try body() }
    let program = Program()
    let arguments = tensors.map { program.argument($0.shape) }
    let seed = [dropoutSeed, dropoutSeed >> 32].map { program.constant(Double(UInt32(truncatingIfNeeded: $0)), [], .uint32) }
    program.dropoutStream = RandomNumbers(key: (seed[0], seed[1]), position: program.constant(0, [], .uint64))
    let values = try Tensor.lending(tensors, to: program, as: arguments) {
      try body().map { $0.value(in: program) } + tensors.map { $0.value(in: program) }
    }
    let device = try TestDevice.cpu()
    let results = try device.compile(program.text(returning: values)).run(try tensors.map { try device.upload($0) })
    let resultCount = values.count - tensors.count
    for (tensor, buffer) in zip(tensors, results.dropFirst(resultCount)) { tensor.upload(try buffer.floats()) }
    return try results.prefix(resultCount).map { Tensor($0.shape, values: try $0.floats()) }
  }
}
