import Accelerators
import Vocabulary

extension SobolevFilter {
  static func record(_ program: Program, _ kernel: Tensor, exponents: Tensor, options: Options) -> Tensor {
    let circle = FilteredCircle(program, kernel: kernel, exponents: exponents, options: options)
    return Tensor(circle.kernel(circle.spectra(of: kernel).scaled(by: circle.weights), directions: options.isCircular ? 1 : 2))
  }

  static func recordBackward(
    _ program: Program, outputGradient: Tensor, kernel: Tensor, exponents: Tensor, exponentGradient: Tensor?, options: Options
  ) -> Tensor {
    let circle = FilteredCircle(program, kernel: kernel, exponents: exponents, options: options)
    let upstream = circle.spectra(of: outputGradient)
    if let exponentGradient {
      let slopes = circle.slope(circle.spectra(of: kernel), upstream)
      exponentGradient.add(exponents.count == 1 ? slopes.sum(over: [0]).reshaped(exponents.shape) : slopes)
    }
    return Tensor(circle.kernel(upstream.scaled(by: circle.weights), directions: kernel.shape[0]))
  }
}

/// The circle of M points on which kernels lie while a program filters them.
private struct FilteredCircle {
  private let program: Program
  private let width: Int
  private let length: Int
  private let pointCount: Int
  private let isCircular: Bool
  /// The mean of each bin's factor and its mirror's, [H, bins].
  let weights: Value
  /// Their derivatives by β.
  private let slopes: Value

  init(_ program: Program, kernel: Tensor, exponents: Tensor, options: SobolevFilter.Options) {
    (self.program, isCircular) = (program, options.isCircular)
    (width, length) = (kernel.shape[1], kernel.shape[2])
    let (width, pointCount) = (kernel.shape[1], options.isCircular ? kernel.shape[2] : 2 * kernel.shape[2])
    self.pointCount = pointCount
    let bins = program.positions([pointCount / 2 + 1], axis: 0, .float64)
    let mirrored = bins.compared(.equal, 0).choose(bins, else: Double(pointCount) - bins)
    let shape = [width, bins.count]
    let exponent = exponents.value(in: program).converted(to: .float64)
    let exponentOfBin =
      exponents.count == 1 ? exponent.reshaped([]).broadcast(to: shape, axes: []) : exponent.broadcast(to: shape, axes: [0])
    /// base^β and ln base·base^β.
    func power(_ bins: Value) -> (Value, Value) {
      let logarithm = options.weighting.base(bins, of: Double(pointCount)).logarithm.broadcast(to: shape, axes: [1])
      let power = (exponentOfBin * logarithm).exponential
      return (power, power * logarithm)
    }
    let direct = power(bins)
    let mirror = options.weighting.isSymmetric ? direct : power(mirrored)
    weights = (0.5 * (direct.0 + mirror.0)).converted(to: .float32)
    slopes = (0.5 * (direct.1 + mirror.1)).converted(to: .float32)
  }

  /// Transforms of kernels [1 or 2, H, L]: K₀ from point 0 on, K₁ backwards from the last one.
  func spectra(of kernel: Tensor) -> Value {
    let rows = kernel.value(in: program)
    let direct = rows.place(axis: 0, 0)
    if kernel.shape[0] == 1 { return direct.padded(axis: 1, behind: pointCount - length).realTransform }
    return Value.concatenated([direct, rows.place(axis: 0, 1).reversed(axes: [1])], axis: 1).realTransform
  }

  /// The way back, [directions, H, L].
  func kernel(_ spectra: Value, directions: Int) -> Value {
    let points = spectra.inverseRealTransform(length: pointCount)
    let direct = points.slice(axis: 1, 0..<length)
    let parts = directions == 1 ? [direct] : [direct, points.slice(axis: 1, length..<2 * length).reversed(axes: [1])]
    return Value.concatenated(parts.map { $0.reshaped([1, width, length]) }, axis: 0)
  }

  /// Σ over all bins of Re(conj(spectrum)·upstream)·(slope of the weight), over M; [H].
  func slope(_ spectrum: Value, _ upstream: Value) -> Value {
    let products = spectrum.real * upstream.real + spectrum.imaginary * upstream.imaginary
    // Of the bins that are stored all but the first and, of an even circle, the last stand for two.
    let bins = program.positions(products.shape, axis: 1, .int32)
    let isAlone = bins.compared(.equal, 0)
    let isLast = pointCount.isMultiple(of: 2) ? bins.compared(.equal, Double(pointCount / 2)) : isAlone
    let counts = isAlone.or(isLast).choose(products.filled(1), else: products.filled(2))
    return (products * counts * slopes).sum(over: [1]) / Double(pointCount)
  }
}

extension Value {
  /// Complex numbers times real ones.
  fileprivate func scaled(by weights: Value) -> Value { Value.complex(real * weights, imaginary * weights) }
}

extension FilterWeighting {
  /// The base at each bin, in double precision.
  fileprivate func base(_ bin: Value, of count: Double) -> Value {
    switch self {
    case .cyclesPerSample: bin.minimum(count - bin) / count + 1
    case .binsOver10000: bin.minimum(count - bin) / 10000 + 1
    case .binsOver10000Unmirrored: bin / 10000 + 1
    case .binsOver10000FlippedByOne: (2 * bin).compared(.less, count).choose(bin, else: count - 1 - bin) / 10000 + 1
    }
  }
}
