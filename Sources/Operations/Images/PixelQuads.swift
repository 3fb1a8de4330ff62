import Accelerators
import CProcessor

/// The four pixels of each square of 2 × 2, of planes [N, C, H, W] twice as high and wide as those of one pixel a square.
enum PixelQuads {
  /// factor · (the sum of the four), [N, C, 2H, 2W] → [N, C, H, W].
  ///
  /// - Precondition: height and width are even.
  static func sums(_ input: Tensor, times factor: Float) -> Tensor {
    precondition(
      input.shape.count == 4 && input.shape[2].isMultiple(of: 2) && input.shape[3].isMultiple(of: 2),
      "PixelQuads: shape \(input.shape) is not [N, C, H, W] with an even height and width")
    if let program = Program.recording(input) { return recordSums(program, input, times: factor) }
    let width = input.shape[3] / 2
    let output = Tensor(uninitialized: [input.shape[0], input.shape[1], input.shape[2] / 2, width])
    let (source, target) = (Shared(input.elements), Shared(output.elements))
    forEachRow(count: output.count, width: width) { row in
      let (upper, result) = (source.pointer + 4 * row * width, target.pointer + row * width)
      let lower = upper + 2 * width
      var index = 0
      while index &+ 16 <= width {
        let left = 2 &* index
        let first = VectorMath.load(upper + left) + VectorMath.load(lower + left)
        let second = VectorMath.load(upper + left + 16) + VectorMath.load(lower + left + 16)
        let sum = Lanes(
          lowHalf: ssm_real_parts(first) + ssm_imaginary_parts(first), highHalf: ssm_real_parts(second) + ssm_imaginary_parts(second))
        VectorMath.store(sum * factor, to: result + index)
        index &+= 16
      }
      // Copying the rest to a vector and back takes longer than its sums.
      while index < width {
        let left = 2 &* index
        result[index] = ((upper[left] + lower[left]) + (upper[left &+ 1] + lower[left &+ 1])) * factor
        index &+= 1
      }
    }
    return output
  }

  /// factor · the pixel at all four places, [N, C, H, W] → [N, C, 2H, 2W].
  static func spread(_ input: Tensor, times factor: Float) -> Tensor {
    precondition(input.shape.count == 4, "PixelQuads: shape \(input.shape) is not [N, C, H, W]")
    if let program = Program.recording(input) { return recordSpread(program, input, times: factor) }
    let width = input.shape[3]
    let output = Tensor(uninitialized: [input.shape[0], input.shape[1], 2 * input.shape[2], 2 * width])
    let (source, target) = (Shared(input.elements), Shared(output.elements))
    forEachRow(count: input.count, width: width) { row in
      let (values, upper) = (source.pointer + row * width, target.pointer + 4 * row * width)
      let lower = upper + 2 * width
      var index = 0
      while index &+ 16 <= width {
        let (left, pixels) = (2 &* index, VectorMath.load(values + index) * factor)
        let (first, second) = (ssm_interleaved(pixels.lowHalf, pixels.lowHalf), ssm_interleaved(pixels.highHalf, pixels.highHalf))
        VectorMath.store(first, to: upper + left)
        VectorMath.store(second, to: upper + left + 16)
        VectorMath.store(first, to: lower + left)
        VectorMath.store(second, to: lower + left + 16)
        index &+= 16
      }
      while index < width {
        let (left, pixel) = (2 &* index, values[index] * factor)
        (upper[left], upper[left &+ 1], lower[left], lower[left &+ 1]) = (pixel, pixel, pixel, pixel)
        index &+= 1
      }
    }
    return output
  }

  /// Calls `body` for each row of the smaller planes.
  private static func forEachRow(count: Int, width: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 0 else { return }
    Parallel.forEachChunk(of: count / width, size: max(1, Parallel.elementChunk / (4 * width))) { _, rows in
      for row in rows { body(row) }
    }
  }
}
