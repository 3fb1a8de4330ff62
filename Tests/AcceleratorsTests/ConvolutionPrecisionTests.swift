import Accelerators
import TestSupport
import Testing

/// What convolutions of planes round, by the precision of their program.
@Suite(.needsPlugin) struct ConvolutionPrecisionTests {
  /// A convolution of [2, 3, 5, 4] with [2, 3, 3, 3], and the gradient of its kernels, as text and as numbers.
  private func results(_ precision: Program.ProductPrecision) throws -> (text: String, numbers: [Float]) {
    let shapes = [[2, 3, 5, 4], [2, 3, 3, 3]]
    let program = Program(precision: precision)
    let arguments = shapes.map { program.argument($0) }
    let result = arguments[0].convolved(with: arguments[1], padding: 1)
    let text = program.text(returning: [result, arguments[0].kernelGradient(ofSlopes: result, padding: 1)])
    let device = try TestDevice.cpu()
    let buffers = try shapes.map { shape in
      let numbers = (0..<shape.reduce(1, *)).map { Float(($0 * 37) % 101) / 37 - 1 }
      return try device.upload(numbers, shape, .float32)
    }
    return (text, try device.compile(text).run(buffers).flatMap { try $0.numbers(0 as Float) })
  }

  @Test("three products of rounded numbers and what is left of them give nearly what one of float32 gives") func split() throws {
    let (one, three) = (try results(.full), try results(.split))
    #expect(maxRelative(three.numbers.map(Double.init), one.numbers.map(Double.init)) < 1e-6)
    #expect(one.text.split(separator: "\n").count { $0.contains("stablehlo.convolution") && $0.contains("HIGHEST") } == 2)
    let products = three.text.split(separator: "\n").filter { $0.contains("stablehlo.convolution") }
    #expect(products.count == 6 && products.allSatisfy { $0.contains("DEFAULT") }, "\(three.text)")
    #expect(three.text.split(separator: "\n").count { $0.contains("reduce_precision") } == 3, "each operand is cut once")
    #expect(try results(.fast).text.contains("HIGHEST") == false)
  }
}
