import Accelerators
import TestSupport
import Testing

/// Values whose axes lie elsewhere than they are counted.
@Suite struct ArrangementTests {
  /// 2 × 3 × 4 numbers 0 … 23 in their places.
  private static let sizes = [2, 3, 4]

  /// The lines of a program that compute, without the first and last ones.
  private func lines(_ body: (Program, Value) -> Value) -> [String] {
    let program = Program()
    let result = body(program, program.argument(Self.sizes))
    return program.text(returning: [result]).split(separator: "\n").filter { $0.contains(" = ") }.map(String.init)
  }

  @Test("a transposition there and back writes nothing down, and what is between them turns nothing") func turning() {
    #expect(lines { $1.transposed([2, 0, 1]).transposed([1, 2, 0]) }.isEmpty)
    let lines = lines { _, x in (x.transposed([1, 0, 2]).exponential + 1).transposed([1, 0, 2]) }
    #expect(!lines.contains { $0.contains("transpose") }, "\(lines)")
  }

  @Test("what is repeated is computed once and written down where an array meets it") func spread() {
    let lines = lines { program, x in
      let steps = program.positions(Self.sizes, axis: 2, .float32).exponential * 2
      return x.transposed([1, 0, 2]).transposed([1, 0, 2]) + steps
    }
    #expect(lines.contains { $0.contains("exponential") && $0.contains("tensor<4xf32>") }, "\(lines)")
    #expect(lines.count { $0.contains("tensor<2x3x4xf32>") && !$0.contains("add") } == 1, "\(lines)")
  }

  @Test("a kept first addend is found by its sum alone") func addends() {
    let program = Program()
    let (x, y) = (program.argument([3]), program.argument([3]))
    let sum = program.sum(of: x, y)
    #expect(program.firstAddend(of: x) == nil)
    let text = program.text(returning: [program.firstAddend(of: sum)!])
    #expect(text.contains("return %arg0"))
  }

  /// What a program makes of the numbers 0 … 23, beside the same on the host: from the number at each place of the argument.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let shape: [Int]
    let program: @Sendable (Program, Value) -> Value
    /// The number at a place of the result.
    let expected: @Sendable ([Int]) -> Float
  }

  private static func number(_ place: [Int]) -> Float { Float(place[0] * 12 + place[1] * 4 + place[2]) }

  private static let cases = [
    Case(
      testDescription: "turned", shape: [4, 2, 3], program: { $1.transposed([2, 0, 1]) }, expected: { number([$0[1], $0[2], $0[0]]) }),
    Case(
      testDescription: "turned and added to one that is not", shape: [3, 2, 4],
      program: { program, x in x.transposed([1, 0, 2]) + program.positions([3, 2, 4], axis: 0, .float32) },
      expected: { number([$0[1], $0[0], $0[2]]) + Float($0[0]) }),
    Case(
      testDescription: "sums of turned ones", shape: [4], program: { $1.transposed([1, 2, 0]).sum(over: [0, 2]) },
      expected: { place in (0..<6).reduce(0) { $0 + Float($1 * 4 + place[0]) } }),
    Case(
      testDescription: "slices, zeros and reversals of turned ones", shape: [3, 3, 4],
      program: {
        $1.transposed([1, 0, 2]).slice(axis: 2, 1..<4).padded(axis: 2, behind: 1).reversed(axes: [0]).padded(axis: 1, behind: 1)
      },
      expected: { place in place[1] == 2 || place[2] == 3 ? 0 : number([place[1], 2 - place[0], place[2] + 1]) }),
    Case(
      testDescription: "one behind the other, the second turned", shape: [2, 3, 8],
      program: { program, x in
        Value.concatenated([x, (x.transposed([1, 0, 2]) + 0).transposed([1, 0, 2])], axis: 2)
      }, expected: { number([$0[0], $0[1], $0[2] % 4]) }),
    Case(
      testDescription: "an axis that is split where it lies", shape: [3, 2, 2, 2],
      program: { $1.transposed([1, 0, 2]).reshaped([3, 2, 2, 2]) },
      expected: { number([$0[1], $0[0], 2 * $0[2] + $0[3]]) }),
    Case(
      testDescription: "axes that are joined across the order", shape: [6, 4], program: { $1.transposed([1, 0, 2]).reshaped([6, 4]) },
      expected: { number([$0[0] % 2, $0[0] / 2, $0[1]]) }),
    Case(
      testDescription: "axes of size 1", shape: [1, 4, 3, 1, 2],
      program: { $1.transposed([2, 1, 0]).reshaped([1, 4, 3, 1, 2]) }, expected: { number([$0[4], $0[2], $0[1]]) }),
    Case(
      testDescription: "a product of turned ones", shape: [4, 3, 3],
      program: { program, x in x.transposed([2, 1, 0]).product(x, batching: [(0, 2)], contracting: [(2, 0)]) },
      expected: { place in (0..<2).reduce(0) { $0 + number([$1, place[1], place[0]]) * number([$1, place[2], place[0]]) } }),
    Case(
      testDescription: "a transform there and back along an axis that does not lie last", shape: [4, 3, 2],
      program: { _, x in x.transposed([2, 1, 0]).realTransform.inverseRealTransform(length: 2) },
      expected: { number([$0[2], $0[1], $0[0]]) }),
    Case(
      testDescription: "choices by what is repeated along different axes", shape: [2, 3, 4],
      program: { program, x in
        program.positions(sizes, axis: 1, .int32).compared(.equal, program.positions(sizes, axis: 2, .int32)).choose(x, else: x.filled(-1))
      }, expected: { $0[1] == $0[2] ? number($0) : -1 }),
  ]

  @Test("places and numbers are those that were counted", .needsPlugin, arguments: cases) func numbers(_ test: Case) throws {
    let program = Program()
    let result = test.program(program, program.argument(Self.sizes))
    #expect(result.shape == test.shape)
    let device = try TestDevice.cpu()
    let compiled = try device.compile(program.text(returning: [result]))
    let outputs = try compiled.run([device.upload((0..<24).map(Float.init), Self.sizes, .float32)])
    let places = test.shape.reduce([[]]) { places, size in places.flatMap { place in (0..<size).map { place + [$0] } } }
    let numbers = try outputs[0].numbers(0 as Float)
    #expect(zip(numbers, places).allSatisfy { abs($0 - test.expected($1)) < 1e-4 }, "\(numbers)")
  }
}
