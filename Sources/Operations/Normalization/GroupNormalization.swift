import Accelerators

/// Normalises groups of channels over all pixels of each frame: y = f((x - mean) / √(variance + ε) · scale + shift), with the biased variance
/// and a pointwise f or none.
///
/// Shapes: x and y [N, C, …], the axes behind the channels being pixels or steps; scale and shift [C]. A group of C / groups channels lies
/// in one piece, which one thread reads while it is in the cache.
///
/// - Source: Wu, He, "Group Normalization", 2018.
package enum GroupNormalization {
  /// ε, added to the variance: that of the layers of Flax.
  static let epsilon = 1e-6

  /// - Returns: y, and mean and 1 / √(variance + ε) of each group, shape [N, groups, 2].
  /// - Precondition: `groups` divides C.
  package static func forward(
    _ input: Tensor, scale: Tensor, shift: Tensor, groups: Int, activation: Activation.Kind? = nil
  ) -> (output: Tensor, statistics: Tensor) {
    let sizes = Sizes(input, groups, scale, shift)
    if let program = Program.recording(input, scale) {
      return record(program, input, scale: scale, shift: shift, groups: groups, activation: activation)
    }
    let statistics = Tensor(uninitialized: [sizes.count, groups, 2])
    let (source, target) = (Shared(input.elements), Shared(statistics.elements))
    sizes.forEachGroup { group in
      let values = source.pointer + group * sizes.groupSize
      let (mean, inverse) = meanAndInverseDeviation(values, count: sizes.groupSize)
      target[2 * group] = mean
      target[2 * group + 1] = inverse
    }
    let output = output(of: input, statistics: statistics, scale: scale, shift: shift, groups: groups, activation: activation)
    return (output, statistics)
  }

  /// y once more from its statistics, the same bits, so that nobody need keep it for the way back.
  package static func output(
    of input: Tensor, statistics: Tensor, scale: Tensor, shift: Tensor, groups: Int, activation: Activation.Kind? = nil
  ) -> Tensor {
    if let program = Program.recording(input, scale) {
      return recordOutput(
        program, input, statistics: statistics, scale: scale, shift: shift, groups: groups, activation: activation)
    }
    let pass = Pass(Sizes(input, groups, scale, shift), input, statistics, scale, shift, activation)
    let output = Tensor(uninitialized: input.shape)
    let target = Shared(output.elements)
    pass.sizes.forEachGroup { pass.writeOutput(group: $0, to: target.pointer) }
    return output
  }

  /// Returns the gradient of x; adds to the gradients of scale and shift.
  ///
  /// With n = (x - mean) / √(variance + ε), dz = dy · f′ and g = dz · scale, dx = (g - mean(g) - n · mean(g n)) / √(variance + ε), means over
  /// a group; that of scale is Σ dz n, that of shift Σ dz.
  ///
  /// - Parameter overwrites: whether the result takes the place of `outputGradient`.
  package static func backward(
    outputGradient: Tensor, input: Tensor, statistics: Tensor, scale: Tensor, shift: Tensor, scaleGradient: Tensor,
    shiftGradient: Tensor, groups: Int, activation: Activation.Kind? = nil, overwrites: Bool = false
  ) -> Tensor {
    let sizes = Sizes(input, groups, scale, shift, scaleGradient, shiftGradient)
    precondition(
      outputGradient.shape == input.shape, "GroupNormalization: gradient \(outputGradient.shape) for input \(input.shape)")
    if let program = Program.recording(outputGradient, input) {
      let gradient = recordBackward(
        program, outputGradient: outputGradient, input: input, statistics: statistics, scale: scale, shift: shift,
        scaleGradient: scaleGradient, shiftGradient: shiftGradient, groups: groups, activation: activation)
      if !overwrites { return Tensor(gradient) }
      outputGradient.set(gradient)
      return outputGradient
    }
    let pass = Pass(sizes, input, statistics, scale, shift, activation)
    let inputGradient = overwrites ? outputGradient : Tensor(uninitialized: input.shape)
    let (gradient, target) = (Shared(outputGradient.elements), Shared(inputGradient.elements))
    // Σ dz n and Σ dz of each channel of each frame.
    var sums = [SIMD2<Double>](repeating: .zero, count: sizes.count * sizes.width)
    sums.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let shared = Shared(base)
      sizes.forEachGroup {
        pass.writeInputGradient(group: $0, gradient.pointer, to: target.pointer, sums: shared.pointer)
      }
    }
    for channel in 0..<sizes.width {
      let sum = stride(from: channel, to: sums.count, by: sizes.width).reduce(SIMD2<Double>.zero) { $0 + sums[$1] }
      scaleGradient.elements[channel] += Float(sum.x)
      shiftGradient.elements[channel] += Float(sum.y)
    }
    return inputGradient
  }

  private static func meanAndInverseDeviation(_ values: UnsafePointer<Float>, count: Int) -> (mean: Float, inverse: Float) {
    var (sums, squares) = (DoubleLanes.zero, DoubleLanes.zero)
    var index = 0
    while index < count {
      let lanes = DoubleLanes(VectorMath.load(values + index, count: count &- index))
      sums += lanes
      squares += lanes * lanes
      index &+= 16
    }
    let mean = sums.total / Double(count)
    let variance = squares.total / Double(count) - mean * mean
    // A comparison with NaN is false: a variance that is NaN must stay so.
    return (Float(mean), Float(1 / ((variance < 0 ? 0 : variance) + epsilon).squareRoot()))
  }

  /// The arrays of a pass over the groups.
  private struct Pass: @unchecked Sendable {
    let sizes: Sizes
    private let input: UnsafePointer<Float>
    private let statistics: UnsafePointer<Float>
    private let scale: UnsafePointer<Float>
    private let shift: UnsafePointer<Float>
    private let activation: Activation.Kind?

    /// The caller keeps the tensors.
    init(_ sizes: Sizes, _ input: Tensor, _ statistics: Tensor, _ scale: Tensor, _ shift: Tensor, _ activation: Activation.Kind?) {
      precondition(
        statistics.shape == [sizes.count, sizes.groups, 2],
        "GroupNormalization: statistics \(statistics.shape) for input \(input.shape) and \(sizes.groups) groups")
      self.sizes = sizes
      self.input = UnsafePointer(input.elements)
      self.statistics = UnsafePointer(statistics.elements)
      self.scale = UnsafePointer(scale.elements)
      self.shift = UnsafePointer(shift.elements)
      self.activation = activation
    }

    func writeOutput(group: Int, to target: UnsafeMutablePointer<Float>) {
      let (mean, inverse) = (statistics[2 * group], statistics[2 * group + 1])
      for channel in sizes.channels(of: group) {
        let (factor, offset) = (scale[channel] * inverse, shift[channel])
        let start = sizes.start(group: group, channel: channel)
        Activation.map(activation, input + start, to: target + start, count: sizes.length) {
          VectorMath.multiplyAdd($0 - mean, factor, offset)
        }
      }
    }

    /// First dz goes to the target, channel by channel with its sums, then dx takes its place.
    func writeInputGradient(
      group: Int, _ gradient: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<SIMD2<Double>>
    ) {
      let (mean, inverse) = (statistics[2 * group], statistics[2 * group + 1])
      var totals = SIMD2<Double>.zero
      for channel in sizes.channels(of: group) {
        let (factor, offset) = (scale[channel] * inverse, shift[channel])
        let start = sizes.start(group: group, channel: channel)
        Activation.mapGradient(activation, gradient + start, input + start, to: target + start, count: sizes.length) {
          VectorMath.multiplyAdd($0 - mean, factor, offset)
        }
        let sum = Self.sums(target + start, input + start, mean: mean, inverse: inverse, count: sizes.length)
        sums[group / sizes.groups * sizes.width + channel] = sum
        totals += Double(scale[channel]) * sum
      }
      let projection = Float(totals.x / Double(sizes.groupSize)) * inverse * inverse
      let shared = Float(-totals.y / Double(sizes.groupSize)) * inverse
      for channel in sizes.channels(of: group) {
        let factor = scale[channel] * inverse
        let start = sizes.start(group: group, channel: channel)
        VectorMath.map(target + start, input + start, to: target + start, count: sizes.length) { slope, value in
          VectorMath.multiplyAdd(slope, factor, VectorMath.multiplyAdd(value - mean, -projection, shared))
        }
      }
    }

    /// Σ dz n and Σ dz.
    private static func sums(
      _ slopes: UnsafePointer<Float>, _ values: UnsafePointer<Float>, mean: Float, inverse: Float, count: Int
    ) -> SIMD2<Double> {
      var (products, sums) = (DoubleLanes.zero, DoubleLanes.zero)
      var index = 0
      while index < count {
        let rest = count &- index
        // Behind the row the slope is zero.
        let slope = VectorMath.load(slopes + index, count: rest)
        products += DoubleLanes(slope * ((VectorMath.load(values + index, count: rest) - mean) * inverse))
        sums += DoubleLanes(slope)
        index &+= 16
      }
      return SIMD2(products.total, sums.total)
    }
  }

  private struct Sizes: Sendable {
    /// N.
    let count: Int
    /// C.
    let width: Int
    /// Pixels of a channel.
    let length: Int
    /// In a frame.
    let groups: Int

    init(_ input: Tensor, _ groups: Int, _ vectors: Tensor...) {
      precondition(
        input.shape.count >= 2 && groups > 0 && input.shape[1] % groups == 0 && input.count > 0
          && vectors.allSatisfy { $0.shape == [input.shape[1]] },
        "GroupNormalization: input \(input.shape), \(groups) groups, scale and shift \(vectors.map(\.shape))")
      count = input.shape[0]
      width = input.shape[1]
      length = input.count / (count * width)
      self.groups = groups
    }

    private var groupWidth: Int { width / groups }
    /// Values that are normalised together.
    var groupSize: Int { groupWidth * length }

    /// Channels of a group, numbered over all frames.
    func channels(of group: Int) -> Range<Int> {
      let first = group % groups * groupWidth
      return first..<first + groupWidth
    }

    /// The place of a channel's first pixel.
    func start(group: Int, channel: Int) -> Int { (group / groups * width + channel) * length }

    func forEachGroup(_ body: @Sendable (Int) -> Void) {
      Parallel.forEachChunk(of: count * groups, size: max(1, Parallel.elementChunk / groupSize)) { _, range in
        for group in range { body(group) }
      }
    }
  }
}
