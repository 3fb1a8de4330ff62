import Arrays

/// The convolution of every channel with its own long kernel through the fast Fourier transform, plus the skip term D·u.
///
/// Causal: y[t] = Σ_{s≤t} K₀[t−s]·u[s] + D·u[t]. With a second kernel also Σ_{s>t} K₁[s−t−1]·u[s]: the reverse part starts at lag −1,
/// as in the reference code. Circular: y[t] = Σ_s K₀[(t−s) mod L]·u[s] + D·u[t].
/// Shapes: u [B, H, L]; kernel [1 or 2, C, K] with K ≤ L, circular [1, C, L]; skip [C]; y [B, C, L]. C is a multiple of H: kernel c
/// reads channel c mod H, so that several kernels may look at the same channel.
///
/// Two samples share one complex transform: with a real kernel ifft(fft(u₀ + i·u₁)·fft(K)) = y₀ + i·y₁, so nothing has to be
/// taken apart. A channel belongs to one chunk with all its samples, so that its kernel gradient has one owner. Kernel spectra are
/// computed again in the backward pass: keeping them would cost more memory than the activations when the batch is small.
package enum LongConvolution {
  package enum Boundary: Sendable {
    /// Nothing before the first and behind the last step.
    case zeros
    /// The last step is followed by the first one.
    case circular
  }

  /// - Parameter normalization: applied to the rows of the input as they are read, also for the skip term.
  package static func forward(
    _ input: Tensor, kernel: Tensor, skip: Tensor, boundary: Boundary = .zeros, normalization: RowNormalization? = nil
  ) -> Tensor {
    let sizes = Sizes(input: input, kernel: kernel, skip: skip, boundary: boundary)
    let output = Tensor(uninitialized: [sizes.batch, sizes.kernelCount, sizes.length])
    let count = sizes.transform.length
    Parallel.forEach(sizes.width) { channel in
      let kernels = sizes.kernels(reading: channel)
      let spectra = kernels.map { kernelSpectrum(kernel, index: $0, sizes: sizes) }
      let pair = Tensor.zeros([sizes.paddedCount, 2])
      let product = kernels.count == 1 ? pair : Tensor.zeros([sizes.paddedCount, 2])
      let reader = RowReader(input, normalization, sizes)
      defer { withExtendedLifetime(reader) {} }
      for sample in stride(from: 0, to: sizes.batch, by: 2) {
        let rows = reader.rows(sample: sample, channel: channel)
        SpectralArithmetic.interleave(rows.first, rows.second, count: sizes.length, into: pair.elements, complexCount: count)
        sizes.transform.forward(pair.elements)
        for (index, spectrum) in zip(kernels, spectra) {
          if kernels.count > 1 { product.elements.update(from: pair.elements, count: 2 * count) }
          SpectralArithmetic.multiply(product.elements, by: spectrum.elements, complexCount: count)
          sizes.transform.inverse(product.elements)
          SpectralArithmetic.separate(
            product.elements, adding: rows, times: skip.elements[index], to: sizes.rows(of: output, sample: sample, channel: index),
            count: sizes.length)
        }
      }
    }
    return output
  }

  package struct Gradients {
    package let input: Tensor
    /// Shape of the kernel.
    package let kernel: Tensor

    package init(input: Tensor, kernel: Tensor) {
      self.input = input
      self.kernel = kernel
    }
  }

  /// Returns the gradients of u and K; adds to the gradient of D.
  ///
  /// - Parameters:
  ///   - normalization: that of the forward pass; then the gradient of u is that of the normalised rows.
  ///   - overwrites: whether the gradient of u may take the place of the output's, where both have one shape.
  package static func backward(
    outputGradient: Tensor, input: Tensor, kernel: Tensor, skip: Tensor, skipGradient: Tensor, boundary: Boundary = .zeros,
    normalization: RowNormalization? = nil, overwrites: Bool = false
  ) -> Gradients {
    let sizes = Sizes(input: input, kernel: kernel, skip: skip, boundary: boundary)
    precondition(
      outputGradient.shape == [sizes.batch, sizes.kernelCount, sizes.length],
      "LongConvolution: gradient \(outputGradient.shape) for input \(input.shape), kernel \(kernel.shape)")
    // A pair of rows is read as a whole before its place is written, and the skip term reads each value just before.
    let inputGradient = overwrites && outputGradient.shape == input.shape ? outputGradient : Tensor(uninitialized: input.shape)
    let kernelGradient = Tensor(uninitialized: kernel.shape)
    let count = sizes.transform.length
    Parallel.forEach(sizes.width) { channel in
      let kernels = sizes.kernels(reading: channel)
      let spectra = kernels.map { kernelSpectrum(kernel, index: $0, sizes: sizes) }
      let correlations = kernels.map { _ in Tensor.zeros([sizes.paddedCount, 2]) }
      let inputPair = Tensor.zeros([sizes.paddedCount, 2])
      var gradientPair = Tensor.zeros([sizes.paddedCount, 2])
      var resultPair = kernels.count == 1 ? gradientPair : Tensor.zeros([sizes.paddedCount, 2])
      let reader = RowReader(input, normalization, sizes)
      defer { withExtendedLifetime(reader) {} }
      var skipSums = kernels.map { _ in 0.0 }
      for sample in stride(from: 0, to: sizes.batch, by: 2) {
        let rows = reader.rows(sample: sample, channel: channel)
        let results = sizes.rows(of: inputGradient, sample: sample, channel: channel)
        SpectralArithmetic.interleave(rows.first, rows.second, count: sizes.length, into: inputPair.elements, complexCount: count)
        sizes.transform.forward(inputPair.elements)
        for (copy, index) in kernels.enumerated() {
          let gradients = sizes.rows(of: outputGradient, sample: sample, channel: index)
          SpectralArithmetic.interleave(
            gradients.first, gradients.second, count: sizes.length, into: gradientPair.elements, complexCount: count)
          skipSums[copy] += product(rows, gradients, count: sizes.length)
          sizes.transform.forward(gradientPair.elements)
          SpectralArithmetic.addConjugateProduct(
            inputPair.elements, gradientPair.elements, to: correlations[copy].elements, complexCount: count)
          if copy == 0 {
            SpectralArithmetic.multiply(gradientPair.elements, byConjugateOf: spectra[0].elements, complexCount: count)
            swap(&gradientPair, &resultPair)
          } else {
            SpectralArithmetic.addConjugateProduct(
              spectra[copy].elements, gradientPair.elements, to: resultPair.elements, complexCount: count)
          }
        }
        // Summed over the kernels of the channel as spectra, so that one transform back serves all.
        sizes.transform.inverse(resultPair.elements)
        for (copy, index) in kernels.enumerated() {
          let gradients = sizes.rows(of: outputGradient, sample: sample, channel: index)
          if copy == 0 {
            SpectralArithmetic.separate(
              resultPair.elements, adding: gradients, times: skip.elements[index], to: results, count: sizes.length)
          } else {
            add(gradients, times: skip.elements[index], to: results, count: sizes.length)
          }
        }
      }
      for (copy, index) in kernels.enumerated() {
        skipGradient.elements[index] += Float(skipSums[copy])
        sizes.transform.inverse(correlations[copy].elements)
        gatherKernelGradient(correlations[copy], into: kernelGradient, index: index, sizes: sizes)
      }
    }
    return Gradients(input: inputGradient, kernel: kernelGradient)
  }

  /// Σ over the steps of one or two rows of u·dy.
  private static func product(_ rows: Rows, _ gradients: Rows, count: Int) -> Double {
    var sum = VectorMath.sum(rows.first, gradients.first, count: count) { $0 * $1 }
    if let second = rows.second, let gradient = gradients.second {
      sum += VectorMath.sum(second, gradient, count: count) { $0 * $1 }
    }
    return sum
  }

  /// target += factor·rows.
  private static func add(_ rows: Rows, times factor: Float, to target: Rows, count: Int) {
    VectorMath.map(target.first, rows.first, to: target.first, count: count) { VectorMath.multiplyAdd($1, factor, $0) }
    if let second = target.second, let source = rows.second {
      VectorMath.map(second, source, to: second, count: count) { VectorMath.multiplyAdd($1, factor, $0) }
    }
  }

  /// The transform of one kernel on the circle of the transform's length, K₁ wrapped to negative lags, times 1/length.
  private static func kernelSpectrum(_ kernel: Tensor, index: Int, sizes: Sizes) -> Tensor {
    let length = sizes.transform.length
    let spectrum = Tensor.zeros([sizes.paddedCount, 2])
    let scale = 1 / Float(length)
    let forward = kernel.elements + index * sizes.kernelLength
    for lag in 0..<sizes.kernelLength { spectrum.elements[2 * lag] = scale * forward[lag] }
    if sizes.directions == 2 {
      let reverse = kernel.elements + (sizes.kernelCount + index) * sizes.kernelLength
      for lag in 0..<sizes.reverseLagCount { spectrum.elements[2 * (length - 1 - lag)] += scale * reverse[lag] }
    }
    sizes.transform.forward(spectrum.elements)
    return spectrum
  }

  private static func gatherKernelGradient(_ correlation: Tensor, into gradient: Tensor, index: Int, sizes: Sizes) {
    let length = sizes.transform.length
    let scale = 1 / Float(length)
    let forward = gradient.elements + index * sizes.kernelLength
    for lag in 0..<sizes.kernelLength { forward[lag] = scale * correlation.elements[2 * lag] }
    if sizes.directions == 2 {
      let reverse = gradient.elements + (sizes.kernelCount + index) * sizes.kernelLength
      reverse.update(repeating: 0, count: sizes.kernelLength)
      for lag in 0..<sizes.reverseLagCount { reverse[lag] = scale * correlation.elements[2 * (length - 1 - lag)] }
    }
  }

  /// One row, or two rows of neighbouring samples, of the same channel.
  typealias Rows = (first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>?)

  /// Reads rows of the input, normalised into memory of its own where a norm is given.
  private struct RowReader {
    private let input: Tensor
    private let sizes: Sizes
    private let normalized: (RowNormalization, scratch: Tensor)?

    init(_ input: Tensor, _ normalization: RowNormalization?, _ sizes: Sizes) {
      self.input = input
      self.sizes = sizes
      normalized = normalization.map { ($0, Tensor(uninitialized: [2, sizes.length])) }
    }

    /// Valid until the next call.
    func rows(sample: Int, channel: Int) -> Rows {
      let stored = sizes.rows(of: input, sample: sample, channel: channel)
      guard let (normalization, scratch) = normalized else { return stored }
      let (first, second) = (scratch.elements, scratch.elements + sizes.length)
      normalization.write(stored.first, sample: sample, channel: channel, count: sizes.length, to: first)
      guard let storedSecond = stored.second else { return (first, nil) }
      normalization.write(storedSecond, sample: sample + 1, channel: channel, count: sizes.length, to: second)
      return (first, second)
    }
  }

  private struct Sizes: Sendable {
    let batch: Int
    /// H.
    let width: Int
    /// C.
    let kernelCount: Int
    let length: Int
    let directions: Int
    let kernelLength: Int
    /// K₁[L−1] would act at lag −L, outside of the sequence.
    let reverseLagCount: Int
    let transform: FourierTransform

    init(input: Tensor, kernel: Tensor, skip: Tensor, boundary: Boundary) {
      precondition(
        input.shape.count == 3 && kernel.shape.count == 3 && (1...2).contains(kernel.shape[0]) && kernel.shape[2] <= input.shape[2]
          && kernel.shape[1].isMultiple(of: max(1, input.shape[1])) && skip.shape == [kernel.shape[1]]
          && (boundary == .zeros || kernel.shape[0] == 1 && kernel.shape[2] == input.shape[2]),
        "LongConvolution: input \(input.shape), kernel \(kernel.shape), skip \(skip.shape), boundary \(boundary)")
      batch = input.shape[0]
      width = input.shape[1]
      length = input.shape[2]
      directions = kernel.shape[0]
      kernelCount = kernel.shape[1]
      kernelLength = kernel.shape[2]
      reverseLagCount = min(kernelLength, length - 1)
      transform = FourierTransform.ofLength(boundary == .circular ? length : FourierTransform.goodLength(atLeast: 2 * length - 1))
    }

    /// Complex numbers of a buffer: whole vectors, also where a circle has any length.
    var paddedCount: Int { (transform.length + 7) & ~7 }

    func kernels(reading channel: Int) -> [Int] { Array(stride(from: channel, to: kernelCount, by: width)) }

    /// The steps of one channel of the input (H channels) or of the output (C channels).
    func row(of tensor: Tensor, sample: Int, channel: Int) -> UnsafeMutablePointer<Float> {
      tensor.elements + (sample * tensor.shape[1] + channel) * length
    }

    func rows(of tensor: Tensor, sample: Int, channel: Int) -> Rows {
      (
        row(of: tensor, sample: sample, channel: channel),
        sample + 1 < batch ? row(of: tensor, sample: sample + 1, channel: channel) : nil
      )
    }
  }
}
