/// Frames as models know them, from −1 to 1, as pictures from 0 to 1.
package enum UnitRange {
  /// (x + 1)/2; what lies outside of −1 to 1 is cut to its ends first, as it would be to be shown.
  package static func pictures(of frames: Tensor) -> Tensor {
    let result = Tensor(uninitialized: frames.shape)
    let (source, target) = (Shared(frames.elements), Shared(result.elements))
    Parallel.forEachChunk(of: frames.count, size: Parallel.elementChunk) { _, range in
      VectorMath.map(source.pointer + range.lowerBound, to: target.pointer + range.lowerBound, count: range.count) {
        let shifted = ($0 + 1) * 0.5
        // NaN stays NaN.
        return shifted.replacing(with: 0, where: shifted .< 0).replacing(with: 1, where: shifted .> 1)
      }
    }
    return result
  }
}
