/// Antialiased bilinear resizing that gives the same bytes as Pillow's `Image.resize(size, Image.BILINEAR)`.
///
/// A pass along the rows, then one along the columns; a pass that would not change the size is left out. Values between them have 8 bits. Each
/// output value is a weighted sum of the pixels below a triangle which is as wide as the reduction (never narrower than one pixel to each
/// side); weights are rounded to 22 bits behind the point.
///
/// Pillow 13 takes the columns first where that reduces the height much, and rounds differently there. Earlier releases, with which the
/// papers' data were made, never do.
///
/// - Source: Pillow 11.3, libImaging/Resample.c: `precompute_coeffs`, `normalize_coeffs_8bpc`, `ImagingResampleInner`.
package struct BilinearResize: Sendable {
  private let horizontal: Axis
  private let vertical: Axis

  /// - Precondition: positive sizes.
  package init(fromWidth: Int, height fromHeight: Int, toWidth: Int, height toHeight: Int) {
    horizontal = Axis(from: fromWidth, to: toWidth)
    vertical = Axis(from: fromHeight, to: toHeight)
  }

  /// - Precondition: the picture has the size that was announced.
  /// - Complexity: O(channels · (source height · target width · taps + target area · taps)).
  package func resize(_ picture: Picture) -> Picture {
    precondition(
      picture.width == horizontal.from && picture.height == vertical.from,
      "BilinearResize: \(picture.width)×\(picture.height) pixels, announced were \(horizontal.from)×\(vertical.from)")
    let channels = picture.channelCount
    let rows = horizontal.apply(picture.pixels, outerCount: vertical.from, innerCount: channels)
    let pixels = vertical.apply(rows, outerCount: 1, innerCount: horizontal.to * channels)
    return Picture(width: horizontal.to, height: vertical.to, channelCount: channels, pixels: pixels)
  }

  /// The weights along one direction.
  private struct Axis: Sendable {
    /// 32 bits less 8 for the value and 2 for sums that overshoot.
    private static let fractionBits = 22

    let from: Int
    let to: Int
    /// First source position of each target position.
    private let starts: [Int]
    /// `tapCount` weights for each target position; unused ones are 0.
    private let weights: [Int32]
    private let tapCount: Int

    init(from: Int, to: Int) {
      precondition(from > 0 && to > 0, "BilinearResize: from \(from) to \(to) pixels")
      self.from = from
      self.to = to
      let scale = Double(from) / Double(to)
      let support = max(1, scale)
      let rows = (0..<to).map { Self.row($0, scale: scale, support: support, from: from) }
      let tapCount = rows.map(\.weights.count).max() ?? 1
      self.tapCount = tapCount
      // A row shorter than the longest begins earlier, so that every row can read `tapCount` values.
      starts = rows.map { min($0.start, from - tapCount) }
      weights = zip(rows, starts).flatMap { row, start in
        let before = [Int32](repeating: 0, count: row.start - start)
        return before + row.weights + [Int32](repeating: 0, count: tapCount - before.count - row.weights.count)
      }
    }

    private static func row(_ position: Int, scale: Double, support: Double, from: Int) -> (start: Int, weights: [Int32]) {
      let center = (Double(position) + 0.5) * scale
      let start = max(0, Int(center - support + 0.5))
      let end = min(from, Int(center + support + 0.5))
      let raw = (start..<end).map { max(0, 1 - abs((Double($0) - center + 0.5) * (1 / support))) }
      let sum = raw.reduce(0, +)
      return (start, raw.map { Int32(0.5 + (sum == 0 ? $0 : $0 / sum) * Double(1 << fractionBits)) })
    }

    /// Values [outer, from, inner] → [outer, to, inner].
    func apply(_ values: [UInt8], outerCount: Int, innerCount: Int) -> [UInt8] {
      if from == to { return values }
      return [UInt8](unsafeUninitializedCapacity: outerCount * to * innerCount) { result, count in
        values.withUnsafeBufferPointer { values in
          weights.withUnsafeBufferPointer { weights in
            for outer in 0..<outerCount {
              for target in 0..<to {
                let source = (outer * from + starts[target]) * innerCount
                let output = (outer * to + target) * innerCount
                for inner in 0..<innerCount {
                  var sum: Int32 = 1 << (Self.fractionBits - 1)
                  for tap in 0..<tapCount {
                    sum &+= Int32(values[source + tap * innerCount + inner]) &* weights[target * tapCount + tap]
                  }
                  result[output + inner] = UInt8(clamping: sum >> Self.fractionBits)
                }
              }
            }
          }
        }
        count = outerCount * to * innerCount
      }
    }
  }
}
