/// Convolutions of planes, as learning frameworks define them: cross-correlations.
extension Value {
  /// Σ_c kernel[o, c] ⋆ x[n, c] for planes x [N, C, H, W] and kernels [O, C, k, k], with zeros around the planes.
  ///
  /// - Parameters:
  ///   - padding: rows and columns of zeros on each side.
  ///   - stride: rows and columns from one place of the kernel to the next.
  package func convolved(with kernel: Value, padding: Int, stride: Int = 1) -> Value {
    correlated(
      with: kernel, "[b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1]", features: 1, 1, Window(padding: padding, stride: stride)
    ) { [shape[0], kernel.shape[0]] + $0 }
  }

  /// Σ_n slopes[n, o] ⋆ x[n, c] for planes x [N, C, H, W] and slopes [N, O, H, W], shape [O, C, k, k]: the gradient of the kernels of which
  /// these are the slopes of the result.
  ///
  /// - Parameters:
  ///   - padding: that of the convolution.
  ///   - stride: that of the convolution.
  package func kernelGradient(ofSlopes slopes: Value, padding: Int, stride: Int = 1) -> Value {
    correlated(
      with: slopes, "[f, b, 0, 1]x[i, o, 0, 1]->[f, b, 0, 1]", features: 0, 0, Window(padding: padding, kernelSpacing: stride)
    ) { [slopes.shape[1], shape[1]] + $0 }
  }

  /// The way back of a convolution with a stride, for its kernels [O, C, k, k]: planes [N, O, H, W] → [N, C, stride · H, stride · W].
  ///
  /// - Parameter padding: that of the convolution, (k − stride)/2.
  package func convolvedBack(with kernel: Value, padding: Int, stride: Int) -> Value {
    let turned = kernel.reversed(axes: [2, 3])
    return correlated(
      with: turned, "[b, f, 0, 1]x[i, o, 0, 1]->[b, f, 0, 1]", features: 1, 0,
      Window(padding: kernel.shape[2] - 1 - padding, spacing: stride)
    ) { [shape[0], kernel.shape[1]] + $0 }
  }

  /// How a kernel goes over planes, the same along both axes.
  private struct Window {
    var padding: Int
    var stride = 1
    /// Places from one number of the planes to the next, zeros between them.
    var spacing = 1
    /// The same of the kernel.
    var kernelSpacing = 1

    /// Places that `count` numbers take.
    private static func places(_ count: Int, spacing: Int) -> Int { count == 0 ? 0 : (count - 1) * spacing + 1 }

    /// Numbers of the result along an axis.
    func count(_ planes: Int, _ kernel: Int) -> Int {
      (Self.places(planes, spacing: spacing) + 2 * padding - Self.places(kernel, spacing: kernelSpacing)) / stride + 1
    }

    /// Numbers of a kernel that meet others than the zeros between those of the planes, on average along one axis.
    func taps(_ kernel: Int) -> Int { kernel / spacing }

    var text: String {
      func pair(_ number: Int) -> String { "[\(number), \(number)]" }
      return "{stride = \(pair(stride)), pad = [\(pair(padding)), \(pair(padding))], lhs_dilate = \(pair(spacing)), "
        + "rhs_dilate = \(pair(kernelSpacing))}"
    }
  }

  /// - Parameters:
  ///   - axes: what the axes of both operands and of the result are.
  ///   - features: the axes of both that are summed over.
  ///   - result: the shape of the result from that of its planes.
  private func correlated(
    with kernel: Value, _ axes: String, features first: Int, _ second: Int, _ window: Window, result: ([Int]) -> [Int]
  ) -> Value {
    precondition(
      shape.count == 4 && kernel.shape.count == 4 && shape[first] == kernel.shape[second] && type == kernel.type,
      "Value: convolution of \(text) and \(kernel.text)")
    let result = result([2, 3].map { window.count(shape[$0], kernel.shape[$0]) })
    let precision = program.precision == .full ? "HIGHEST" : "DEFAULT"
    let attributes =
      "{batch_group_count = 1 : i64, feature_group_count = 1 : i64, "
      + "precision_config = [#stablehlo<precision \(precision)>, #stablehlo<precision \(precision)>]}"
    func convolution(_ planes: Value, _ kernel: Value) -> Value {
      let (planes, kernels) = (planes.naturalArray, kernel.naturalArray)
      let product = program.emitProduct(
        "stablehlo.convolution(\(planes.name), \(kernels.name)) dim_numbers = \(axes), window = \(window.text) \(attributes) : "
          + "(\(planes.typeText), \(kernels.typeText)) -> \(NamedArray.type(result, type))",
        depth: shape[first] * window.taps(kernel.shape[2]) * window.taps(kernel.shape[3]), isExact: false, result, type)
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
