/// The mean squared difference of each plane of pictures from another one; a plane is one colour of one picture, the last two axes.
package enum PlaneErrors {
  /// - Parameters:
  ///   - pictures: shape […, H, W].
  ///   - truth: planes of the same size.
  ///   - place: of each plane of `truth`, which plane of `pictures` is compared with it.
  /// - Returns: a number for each plane of `truth`, in the order in which they lie.
  package static func squared(_ pictures: Tensor, truth: Tensor, place: @Sendable (Int) -> Int = { $0 }) -> [Double] {
    let side = truth.shape.suffix(2)
    precondition(
      truth.shape.count >= 2 && pictures.shape.suffix(2) == side && !side.contains(0),
      "PlaneErrors: pictures \(pictures.shape), truth \(truth.shape)")
    let size = side.reduce(1, *)
    let planeCount = pictures.count / size
    var errors = [Double](repeating: 0, count: truth.count / size)
    let (first, second) = (Shared(pictures.elements), Shared(truth.elements))
    errors.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      let result = Shared(start)
      Parallel.forEach(buffer.count) { plane in
        let other = place(plane)
        precondition(other >= 0 && other < planeCount, "PlaneErrors: plane \(other) of \(planeCount)")
        let sum = VectorMath.sum(first.pointer + other * size, second.pointer + plane * size, count: size) {
          let difference = $0 - $1
          return difference * difference
        }
        result[plane] = sum / Double(size)
      }
    }
    return errors
  }
}
