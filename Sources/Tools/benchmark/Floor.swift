import ArgumentParser
import Foundation
import Operations
import ToolSupport

/// The time below which no step can fall: its matrix products and transforms at the measured rate of matrix products alone.
struct Floor: Tool {
  static let configuration = CommandConfiguration(
    commandName: "floor", abstract: "Measures the rates of matrix products and copies, and what they imply for each shape.")

  @OptionGroup var options: FloorOptions

  func run() throws {
    let (shapes, rates) = try options.measured()
    print("shape,gemm_gflop,fft_gflop,floor_ms,memory_floor_ms,sgemm_gflop_per_s,copy_gb_per_s,threads")
    for shape in shapes {
      let arithmetic = StepArithmetic(shape, layer: .s4d, bidirectional: false)
      let fields = [
        arithmetic.mixing / 1e9, arithmetic.transforms / 1e9, rates.milliseconds(arithmetic),
        1e3 * arithmetic.bytes / rates.copiedBytesPerSecond, rates.productsPerSecond / 1e9, rates.copiedBytesPerSecond / 1e9,
      ]
      print("\(shape.name),\(fields.map { decimals($0) }.joined(separator: ",")),\(Parallel.threadCount)")
    }
  }
}

/// What the machine does at best, measured through our own operations.
struct MachineRates {
  /// Floating-point operations of large matrix products.
  let productsPerSecond: Double
  /// Bytes read and written by copying on one thread.
  let copiedBytesPerSecond: Double

  /// - Parameters:
  ///   - size: rows and columns of the largest product; smaller ones are tried too, the best counts.
  ///   - runs: repetitions, of which the fastest counts.
  init(size: Int, runs: Int) {
    productsPerSecond =
      [size, size / 2, size / 4].map { width in
        let input = Self.filled([4, width, width / 4])
        let (weight, bias) = (Self.filled([width, width]), Tensor.zeros([width]))
        let times = Times(count: runs) { _ = ChannelMixing.forward(input, weight: weight, bias: bias) }
        return 2e3 * pow(Double(width), 3) / times.minimum
      }.max() ?? 0
    let block = Tensor([4 * size * size], filledWith: 1)
    let times = Times(count: runs) { _ = block.copy() }
    copiedBytesPerSecond = 1e3 * 2 * 4 * Double(block.count) / times.minimum
  }

  func milliseconds(_ arithmetic: StepArithmetic) -> Double { 1e3 * (arithmetic.mixing + arithmetic.transforms) / productsPerSecond }

  private static func filled(_ shape: [Int]) -> Tensor {
    Tensor(shape, values: (0..<shape.reduce(1, *)).map { Float(($0 * 37) % 101) / 50 - 1 })
  }
}
