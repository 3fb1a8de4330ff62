/// The mean of all frames that it is given.
package struct FrameMean {
  private let shape: [Int]
  private var sums: [Double]
  private var frameCount = 0

  /// - Parameter shape: of a frame, [C, H, W].
  package init(shape: [Int]) {
    self.shape = shape
    sums = [Double](repeating: 0, count: shape.reduce(1, *))
  }

  /// - Parameter frames: shape […, C, H, W].
  package mutating func add(_ frames: Tensor) {
    precondition(frames.shape.suffix(shape.count) == shape[...], "FrameMean: frames \(frames.shape) of \(shape)")
    let size = sums.count
    let count = frames.count / size
    let source = Shared(frames.elements)
    sums.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      let sums = Shared(start)
      Parallel.forEachChunk(of: size, size: 1024) { _, range in
        for frame in 0..<count {
          for index in range { sums[index] += Double(source[frame &* size &+ index]) }
        }
      }
    }
    frameCount += count
  }

  /// Zero of no frames.
  package var value: Tensor { Tensor(shape, values: sums.map { Float($0 / Double(max(1, frameCount))) }) }
}
