/// Convolutions of planes, as learning frameworks define them: cross-correlations with stride 1.
extension Value {
  /// Σ_c kernel[o, c] ⋆ x[n, c] for planes x [N, C, H, W] and kernels [O, C, k, k], with zeros around the planes.
  ///
  /// - Parameter padding: rows and columns of zeros on each side.
  package func convolved(with kernel: Value, padding: Int) -> Value {
    correlated(with: kernel, "[b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1]", features: 1, 1, padding) { [shape[0], kernel.shape[0]] + $0 }
  }

  /// Σ_n slopes[n, o] ⋆ x[n, c] for planes x [N, C, H, W] and slopes [N, O, H, W], shape [O, C, k, k]: the gradient of the kernels of which
  /// these are the slopes of the result.
  ///
  /// - Parameter padding: (k − 1)/2.
  package func kernelGradient(ofSlopes slopes: Value, padding: Int) -> Value {
    correlated(with: slopes, "[f, b, 0, 1]x[i, o, 0, 1]->[f, b, 0, 1]", features: 0, 0, padding) { [slopes.shape[1], shape[1]] + $0 }
  }

  /// - Parameters:
  ///   - axes: what the axes of both operands and of the result are.
  ///   - features: the axes of both that are summed over.
  ///   - result: the shape of the result from that of its planes.
  private func correlated(
    with kernel: Value, _ axes: String, features first: Int, _ second: Int, _ padding: Int, result: ([Int]) -> [Int]
  ) -> Value {
    precondition(
      shape.count == 4 && kernel.shape.count == 4 && shape[first] == kernel.shape[second] && type == kernel.type,
      "Value: convolution of \(text) and \(kernel.text)")
    let result = result([2, 3].map { shape[$0] + 2 * padding - kernel.shape[$0] + 1 })
    let window = "{stride = [1, 1], pad = [[\(padding), \(padding)], [\(padding), \(padding)]], lhs_dilate = [1, 1], rhs_dilate = [1, 1]}"
    let precision = program.precision == .full ? "HIGHEST" : "DEFAULT"
    let attributes =
      "{batch_group_count = 1 : i64, feature_group_count = 1 : i64, "
      + "precision_config = [#stablehlo<precision \(precision)>, #stablehlo<precision \(precision)>]}"
    func convolution(_ planes: Value, _ kernel: Value) -> Value {
      let (planes, kernels) = (planes.naturalArray, kernel.naturalArray)
      let product = program.emitProduct(
        "stablehlo.convolution(\(planes.name), \(kernels.name)) dim_numbers = \(axes), window = \(window) \(attributes) : "
          + "(\(planes.typeText), \(kernels.typeText)) -> \(NamedArray.type(result, type))",
        depth: shape[first] * kernel.shape[2] * kernel.shape[3], isExact: false, result, type)
      return Value(product)
    }
    guard program.precision == .split else { return convolution(self, kernel) }
    // What the compiler does by itself for matrices alone.
    let (planes, kernel) = (split, kernel.split)
    return convolution(planes.rounded, kernel.rounded)
      + (convolution(planes.rounded, kernel.rest) + convolution(planes.rest, kernel.rounded))
  }

  /// The nearest numbers of TensorFloat-32, and what is left.
  private var split: (rounded: Value, rest: Value) {
    let rounded = Self.elementwise([self], to: type) { "stablehlo.reduce_precision \($0[0].name), format = e8m10 : \($0[0].typeText)" }
    return (rounded, self - rounded)
  }
}
