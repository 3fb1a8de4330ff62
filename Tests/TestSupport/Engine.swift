import Accelerators
import Arrays
import Operations

/// Where a test lets operations compute: on the processor, or as a program on the device of the plugin for processors.
package enum Engine: String, CaseIterable, Sendable {
  case host, device

  /// Both, or the processor alone where no plugin is set up; suites with the trait `.needsPlugin` then say so.
  package static var all: [Engine] { TestDevice.isSetUp ? allCases : [.host] }

  /// All cases on the processor, and some of them on the device too, where each is a program to compile.
  ///
  /// - Parameter places: which ones.
  package static func cases<Case>(_ cases: [Case], onDevice places: [Int]) -> [(Engine, Case)] {
    cases.map { (.host, $0) } + (TestDevice.isSetUp ? places.map { (.device, cases[$0]) } : [])
  }

  /// Programs of tests run once, so that quick compilation counts for more than quick results.
  private static let compileOptions = CompileOptions(flags: ["xla_backend_optimization_level": .integer(0)])

  /// Runs operations.
  ///
  /// - Parameters:
  ///   - tensors: what the operations read and write, in main memory; on a device they stand for arguments of a program while `body` runs, and
  ///     hold what it left in them afterwards. Other tensors are constants.
  ///   - dropoutSeed: of the stream from whose beginning masks are drawn.
  ///   - body: returns the results that are wanted.
  /// - Returns: the results, in main memory.
  package func run(_ tensors: [Tensor], dropoutSeed: UInt64 = 1, _ body: () throws -> [Tensor]) throws -> [Tensor] {
    try run(tensors, dropoutSeed: dropoutSeed) { _ in try body() }
  }

  /// Runs operations that a program has in another form.
  ///
  /// - Parameter body: gets the program under construction, or nil on the processor.
  package func run(
    _ tensors: [Tensor], dropoutSeed: UInt64 = 1, _ body: (Program?) throws -> [Tensor]
  ) throws -> [Tensor] {
    if self == .host { return try body(nil) }
    let program = Program()
    let arguments = tensors.map { program.argument($0.shape) }
    let seed = [dropoutSeed, dropoutSeed >> 32].map { program.constant(Double(UInt32(truncatingIfNeeded: $0)), [], .uint32) }
    program.dropoutStream = RandomNumbers(key: (seed[0], seed[1]), position: program.constant(0, [], .uint64))
    let values = try Tensor.lending(tensors, to: program, as: arguments) {
      try body(program).map { $0.value(in: program) } + tensors.map { $0.value(in: program) }
    }
    let device = try TestDevice.cpu()
    let compiled = try device.compile(program.text(returning: values), options: Self.compileOptions)
    let results = try compiled.run(try tensors.map { try device.upload($0) })
    let resultCount = values.count - tensors.count
    for (tensor, buffer) in zip(tensors, results.dropFirst(resultCount)) { tensor.upload(try buffer.floats()) }
    return try results.prefix(resultCount).map { Tensor($0.shape, values: try $0.floats()) }
  }
}

extension Tensor {
  /// One number everywhere, where the other's values live.
  package static func filled(like other: Tensor, with number: Float) -> Tensor {
    let tensor = zeros(like: other)
    tensor.fill(number)
    return tensor
  }
}
