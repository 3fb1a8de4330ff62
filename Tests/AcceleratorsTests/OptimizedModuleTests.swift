import TestSupport
import Testing

@testable import Accelerators

/// Kernels of a compiled program from a description that is made here.
@Suite struct OptimizedModuleTests {
  /// A message with its fields, numbers as such and texts or messages as bytes.
  private static func message(_ fields: [(Int, [UInt8]?, Int)]) -> [UInt8] {
    fields.flatMap { field, bytes, number in
      bytes.map { varint(field << 3 | 2) + varint($0.count) + $0 } ?? varint(field << 3) + varint(number)
    }
  }

  private static func varint(_ number: Int) -> [UInt8] {
    number < 128 ? [UInt8(number)] : [UInt8(number & 127) | 128] + varint(number >> 7)
  }

  /// Of float32.
  private static func shape(_ sizes: [Int]) -> [UInt8] { message([(2, nil, 11), (3, sizes.flatMap(varint), 0)]) }

  private static func instruction(
    _ id: Int, _ operation: String, _ shape: [UInt8], _ operands: [Int] = [], called: [Int] = [], parameter: Int = 0, length: Int? = nil
  ) -> [UInt8] {
    message(
      [(1, Array("name\(id)".utf8), 0), (2, Array(operation.utf8), 0), (3, shape, 0), (9, nil, parameter)]
        + (length.map { [(32, varint($0), 0)] } ?? []) + [(35, nil, id), (36, operands.flatMap(varint), 0)] + called.map { (38, nil, $0) })
  }

  private static func computation(_ id: Int, _ instructions: [[UInt8]]) -> [UInt8] {
    message(instructions.map { (2, $0, 0) } + [(5, nil, id)])
  }

  private static let module: [UInt8] = {
    // Takes 5 of 100 numbers of its first parameter twice, and all of its second.
    let fused = computation(
      7,
      [
        instruction(70, "parameter", shape([100]), parameter: 0), instruction(71, "parameter", shape([10]), parameter: 1),
        instruction(72, "slice", shape([5]), [70]), instruction(73, "slice", shape([5]), [70]),
        instruction(74, "concatenate", shape([20]), [72, 73, 71]),
      ])
    let body = computation(8, [instruction(80, "parameter", shape([20])), instruction(81, "copy", shape([20]), [80])])
    let entry = computation(
      9,
      [
        instruction(1, "parameter", shape([100])), instruction(2, "parameter", shape([10]), parameter: 1),
        instruction(3, "fusion", shape([20]), [1, 2], called: [7]), instruction(4, "bitcast", shape([4, 5]), [3]),
        instruction(5, "fft", message([(2, nil, 15), (3, [3], 0)]), [4], length: 40_000),
        instruction(6, "tuple", message([(2, nil, 13), (4, shape([20]), 0), (4, shape([3]), 0)]), [3, 5]),
        instruction(10, "call", shape([20]), [3], called: [8]),
      ])
    return message([(3, fused, 0), (3, body, 0), (3, entry, 0), (6, nil, 9)])
  }()

  @Test("kernels move operands and results, of a sliced operand the slices; views move nothing; calls are looked into") func kernels()
    throws
  {
    let kernels = try OptimizedModule(Self.module).kernels()
    #expect(kernels.map(\.operation) == ["fusion", "fft", "copy"])
    #expect(kernels.map(\.bytes) == [4 * (5 + 5 + 10 + 20), 4 * 20 + 8 * 3, 4 * (20 + 20)])
    #expect(kernels.map(\.transformLength) == [nil, 40_000, nil])
  }

  @Test("cut messages are errors and no crash") func cut() {
    for count in stride(from: 1, to: Self.module.count, by: 29) {
      _ = try? OptimizedModule(Array(Self.module.prefix(count))).kernels()
    }
    #expect(throws: PluginError.self) { try OptimizedModule(Array(Self.module.dropLast(1))) }
    #expect(throws: PluginError.self) { try OptimizedModule([]).kernels() }
  }
}
