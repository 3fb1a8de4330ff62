/// Checks hand-written gradients against central differences of a reference in Double.
package enum GradientCheck {
  /// One line for each element whose gradient differs by more than `absolute` + `relative` · |central difference|; empty when all agree.
  ///
  /// The engine computes in float: `relative` 1e-4 and `absolute` 1e-5 leave room for the rounding of sums of some hundred terms of size 1,
  /// and are still far below any error in a formula. The difference itself, with step 1e-5 in Double, is good to about 1e-8.
  ///
  /// - Parameters:
  ///   - name: the argument whose gradient it is, for the message.
  ///   - gradient: the hand-written gradient, one number for each element of `point`.
  ///   - loss: the reference's loss as a function of that argument.
  package static func differences(
    _ name: String, _ gradient: [Float], at point: [Double], step: Double = 1e-5, absolute: Double = 1e-5, relative: Double = 1e-4,
    loss: ([Double]) -> Double
  ) -> [String] {
    guard gradient.count == point.count else { return ["\(name): \(gradient.count) numbers for \(point.count) elements"] }
    var lines: [String] = []
    var moved = point
    for index in point.indices {
      moved[index] = point[index] + step
      let above = loss(moved)
      moved[index] = point[index] - step
      let below = loss(moved)
      moved[index] = point[index]
      let expected = (above - below) / (2 * step)
      let distance = abs(Double(gradient[index]) - expected)
      if !(distance <= absolute + relative * abs(expected)) {
        lines.append("\(name)[\(index)] of \(point.count): \(gradient[index]), central difference \(expected)")
      }
    }
    return lines
  }
}
