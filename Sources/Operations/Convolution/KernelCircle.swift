/// Where a kernel over time lies on a circle of M points: K₀ at 0, 1, …, and K₁, whose lags are negative, at M − 1, M − 2, ….
///
/// Kernels that are spectra from the start (`CircularSpectrum`) have no place on it.
struct KernelCircle: Sendable {
  let transform: FourierTransform
  /// The lags of K₁ that have a place on the circle; further values have no effect, and gradients of zero.
  let reverseLagCount: Int

  /// The points for one row of a kernel [1 or 2, C, K], zeros where no lag lies.
  func points(of kernel: Tensor, row: Int) -> Tensor {
    let points = transform.buffer()
    let (values, rows) = (points.elements, Self.rows(kernel, row))
    SpectralArithmetic.interleave(rows.direct, nil, count: kernel.shape[2], into: values, complexCount: transform.bufferCount)
    if let reverse = rows.reverse {
      for lag in 0..<reverseLagCount { values[2 * (transform.length - 1 - lag)] = reverse[lag] }
    }
    return points
  }

  /// The way back to one row of a kernel or of its gradient, from points that an inverse transform left unscaled.
  func write(_ points: Tensor, to kernel: Tensor, row: Int) {
    let (values, rows, scale) = (points.elements, Self.rows(kernel, row), transform.inverseScale)
    SpectralArithmetic.separate(values, times: scale, to: (rows.direct, nil), count: kernel.shape[2])
    guard let reverse = rows.reverse else { return }
    for lag in 0..<reverseLagCount { reverse[lag] = scale * values[2 * (transform.length - 1 - lag)] }
    for lag in reverseLagCount..<kernel.shape[2] { reverse[lag] = 0 }
  }

  private static func rows(
    _ kernel: Tensor, _ row: Int
  ) -> (direct: UnsafeMutablePointer<Float>, reverse: UnsafeMutablePointer<Float>?) {
    let (count, length) = (kernel.shape[1], kernel.shape[2])
    let direct = kernel.elements + row * length
    return (direct, kernel.shape[0] == 2 ? direct + count * length : nil)
  }
}
