/// A compiled program as XLA describes it: a message `HloModuleProto`, of which little is read.
///
/// - Source: `xla/service/hlo.proto` and `xla/xla_data.proto` of OpenXLA, whose numbers of fields these are.
struct OptimizedModule {
  private let computations: [Int: [Instruction]]
  private let entry: Int

  init(_ bytes: [UInt8]) throws(PluginError) {
    let module = try ProtocolFields(bytes[...])
    var computations: [Int: [Instruction]] = [:]
    for bytes in module.messages(3) {
      let computation = try ProtocolFields(bytes)
      var instructions: [Instruction] = []
      for bytes in computation.messages(2) { instructions.append(try Instruction(bytes)) }
      computations[computation.numbers(5).first ?? 0] = instructions
    }
    (self.computations, entry) = (computations, module.numbers(6).first ?? 0)
  }

  /// What the device runs, one after the other; bodies of calls are looked into.
  func kernels() throws(PluginError) -> [Kernel] {
    guard let start = computations[entry] else { throw PluginError("the compiled program has no entry") }
    return kernels(of: start)
  }

  private func kernels(of instructions: [Instruction]) -> [Kernel] {
    let bytes = Dictionary(instructions.map { ($0.id, $0.bytes) }) { first, _ in first }
    return instructions.flatMap { instruction -> [Kernel] in
      if Self.views.contains(instruction.operation) { return [] }
      if Self.calls.contains(instruction.operation) { return instruction.called.flatMap { kernels(of: computations[$0] ?? []) } }
      let fused = instruction.operation == "fusion" ? instruction.called.first.flatMap { computations[$0] } : nil
      let operands = instruction.operands.enumerated().map { index, operand in
        let whole = bytes[operand, default: 0]
        return fused.flatMap { Self.bytesOfSlices($0, parameter: index) }.map { min($0, whole) } ?? whole
      }
      return [
        Kernel(
          name: instruction.name, operation: instruction.operation, bytes: operands.reduce(instruction.bytes, +),
          transformLength: instruction.transformLengths.last)
      ]
    }
  }

  /// Bytes that a fused kernel reads of a parameter of which it takes slices alone; nil where it reads all of it.
  private static func bytesOfSlices(_ instructions: [Instruction], parameter: Int) -> Int? {
    guard let start = instructions.first(where: { $0.operation == "parameter" && $0.parameter == parameter }) else { return nil }
    var (views, bytes): (Set<Int>, Int) = ([start.id], 0)
    for instruction in instructions where instruction.operands.contains(where: views.contains) {
      switch instruction.operation {
      case "bitcast": views.insert(instruction.id)
      case "slice": bytes += instruction.bytes
      default: return nil
      }
    }
    return bytes > 0 ? bytes : nil
  }

  /// What moves nothing.
  private static let views: Set<String> = ["parameter", "get-tuple-element", "tuple", "bitcast", "constant", "after-all", "copy-done"]
  private static let calls: Set<String> = ["call", "async-start", "conditional"]
}

private struct Instruction {
  let name: String
  let operation: String
  let id: Int
  let operands: [Int]
  let called: [Int]
  let transformLengths: [Int]
  /// Of a parameter, its number.
  let parameter: Int
  /// Of its result; a tuple's members together.
  let bytes: Int

  init(_ bytes: ArraySlice<UInt8>) throws(PluginError) {
    let fields = try ProtocolFields(bytes)
    name = String(decoding: fields.first(1), as: UTF8.self)
    operation = String(decoding: fields.first(2), as: UTF8.self)
    id = fields.numbers(35).first ?? 0
    operands = fields.numbers(36)
    called = fields.numbers(38)
    transformLengths = fields.numbers(32)
    parameter = fields.numbers(9).first ?? 0
    self.bytes = try Self.bytes(ofShape: fields.first(3))
  }

  private static func bytes(ofShape bytes: ArraySlice<UInt8>) throws(PluginError) -> Int {
    let shape = try ProtocolFields(bytes)
    var sum = 0
    for member in shape.messages(4) { sum += try self.bytes(ofShape: member) }
    guard let size = shape.numbers(2).first.flatMap({ sizes[$0] }) else { return sum }
    return sum + shape.numbers(3).reduce(size, *)
  }

  /// Bytes of the numbers of `PrimitiveType`.
  private static let sizes = [
    1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 2, 8: 4, 9: 8, 10: 2, 11: 4, 12: 8, 15: 8, 16: 2, 18: 16,
  ]
}
