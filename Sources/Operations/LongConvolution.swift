import Arrays

/// The convolution of every channel with its own long kernel through the fast Fourier transform, plus the skip term D·u.
///
/// Causal: y[t] = Σ_{s≤t} K₀[t−s]·u[s] + D·u[t]. With a second kernel also Σ_{s>t} K₁[s−t−1]·u[s]: the reverse part starts at lag −1,
/// as in the reference code. Shapes: u, y [B, H, L]; kernel [1 or 2, H, K] with K ≤ L; skip [H].
///
/// Two samples share one complex transform: with a real kernel ifft(fft(u₀ + i·u₁)·fft(K)) = y₀ + i·y₁, so nothing has to be
/// taken apart. A channel belongs to one chunk with all its samples, so that its kernel gradient has one owner. Kernel spectra are
/// computed again in the backward pass: keeping them would cost more memory than the activations when the batch is small.
package enum LongConvolution {
  package static func forward(_ input: Tensor, kernel: Tensor, skip: Tensor) -> Tensor {
    let sizes = Sizes(input: input, kernel: kernel, skip: skip)
    let output = Tensor(uninitialized: input.shape)
    let count = sizes.transform.length
    Parallel.forEach(sizes.width) { channel in
      let spectrum = kernelSpectrum(kernel, channel: channel, sizes: sizes)
      let pair = Tensor(uninitialized: [count, 2])
      for sample in stride(from: 0, to: sizes.batch, by: 2) {
        let rows = sizes.rows(of: input, sample: sample, channel: channel)
        let results = sizes.rows(of: output, sample: sample, channel: channel)
        SpectralArithmetic.interleave(rows.first, rows.second, count: sizes.length, into: pair.elements, complexCount: count)
        sizes.transform.forward(pair.elements)
        SpectralArithmetic.multiply(pair.elements, by: spectrum.elements, complexCount: count)
        sizes.transform.inverse(pair.elements)
        SpectralArithmetic.separate(
          pair.elements, adding: rows, times: skip.elements[channel], to: results, count: sizes.length)
      }
    }
    return output
  }

  package struct Gradients {
    package let input: Tensor
    /// Shape of the kernel.
    package let kernel: Tensor
  }

  /// Returns the gradients of u and K; adds to the gradient of D.
  package static func backward(outputGradient: Tensor, input: Tensor, kernel: Tensor, skip: Tensor, skipGradient: Tensor) -> Gradients {
    let sizes = Sizes(input: input, kernel: kernel, skip: skip)
    precondition(outputGradient.shape == input.shape, "LongConvolution: gradient \(outputGradient.shape) for input \(input.shape)")
    let inputGradient = Tensor(uninitialized: input.shape)
    let kernelGradient = Tensor(uninitialized: kernel.shape)
    let count = sizes.transform.length
    Parallel.forEach(sizes.width) { channel in
      let spectrum = kernelSpectrum(kernel, channel: channel, sizes: sizes)
      let inputPair = Tensor(uninitialized: [count, 2])
      let gradientPair = Tensor(uninitialized: [count, 2])
      let correlation = Tensor.zeros([count, 2])
      var skipSum = 0.0
      for sample in stride(from: 0, to: sizes.batch, by: 2) {
        let rows = sizes.rows(of: input, sample: sample, channel: channel)
        let gradients = sizes.rows(of: outputGradient, sample: sample, channel: channel)
        let results = sizes.rows(of: inputGradient, sample: sample, channel: channel)
        skipSum += dotProduct(rows.first, gradients.first, count: sizes.length)
        if let second = rows.second, let secondGradient = gradients.second {
          skipSum += dotProduct(second, secondGradient, count: sizes.length)
        }
        SpectralArithmetic.interleave(rows.first, rows.second, count: sizes.length, into: inputPair.elements, complexCount: count)
        SpectralArithmetic.interleave(
          gradients.first, gradients.second, count: sizes.length, into: gradientPair.elements, complexCount: count)
        sizes.transform.forward(inputPair.elements)
        sizes.transform.forward(gradientPair.elements)
        SpectralArithmetic.addConjugateProduct(
          inputPair.elements, gradientPair.elements, to: correlation.elements, complexCount: count)
        SpectralArithmetic.multiply(gradientPair.elements, byConjugateOf: spectrum.elements, complexCount: count)
        sizes.transform.inverse(gradientPair.elements)
        SpectralArithmetic.separate(
          gradientPair.elements, adding: gradients, times: skip.elements[channel], to: results, count: sizes.length)
      }
      skipGradient.elements[channel] += Float(skipSum)
      sizes.transform.inverse(correlation.elements)
      gatherKernelGradient(correlation, into: kernelGradient, channel: channel, sizes: sizes)
    }
    return Gradients(input: inputGradient, kernel: kernelGradient)
  }

  private static func dotProduct(_ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>, count: Int) -> Double {
    VectorMath.sum(first, second, count: count) { $0 * $1 }
  }

  /// The transform of one channel's kernel on the circle of the transform's length, K₁ wrapped to negative lags, times 1/length.
  private static func kernelSpectrum(_ kernel: Tensor, channel: Int, sizes: Sizes) -> Tensor {
    let length = sizes.transform.length
    let spectrum = Tensor.zeros([length, 2])
    let scale = 1 / Float(length)
    let forward = kernel.elements + channel * sizes.kernelLength
    for lag in 0..<sizes.kernelLength { spectrum.elements[2 * lag] = scale * forward[lag] }
    if sizes.directions == 2 {
      let reverse = kernel.elements + (sizes.width + channel) * sizes.kernelLength
      for lag in 0..<sizes.reverseLagCount { spectrum.elements[2 * (length - 1 - lag)] += scale * reverse[lag] }
    }
    sizes.transform.forward(spectrum.elements)
    return spectrum
  }

  private static func gatherKernelGradient(_ correlation: Tensor, into gradient: Tensor, channel: Int, sizes: Sizes) {
    let length = sizes.transform.length
    let scale = 1 / Float(length)
    let forward = gradient.elements + channel * sizes.kernelLength
    for lag in 0..<sizes.kernelLength { forward[lag] = scale * correlation.elements[2 * lag] }
    if sizes.directions == 2 {
      let reverse = gradient.elements + (sizes.width + channel) * sizes.kernelLength
      reverse.update(repeating: 0, count: sizes.kernelLength)
      for lag in 0..<sizes.reverseLagCount { reverse[lag] = scale * correlation.elements[2 * (length - 1 - lag)] }
    }
  }

  /// One row, or two rows of neighbouring samples, of the same channel.
  typealias Rows = (first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>?)

  private struct Sizes: Sendable {
    let batch: Int
    let width: Int
    let length: Int
    let directions: Int
    let kernelLength: Int
    /// K₁[L−1] would act at lag −L, outside of the sequence.
    let reverseLagCount: Int
    let transform: FourierTransform

    init(input: Tensor, kernel: Tensor, skip: Tensor) {
      precondition(
        input.shape.count == 3 && kernel.shape.count == 3 && (1...2).contains(kernel.shape[0]) && kernel.shape[1] == input.shape[1]
          && kernel.shape[2] <= input.shape[2] && skip.shape == [input.shape[1]],
        "LongConvolution: input \(input.shape), kernel \(kernel.shape), skip \(skip.shape)")
      batch = input.shape[0]
      width = input.shape[1]
      length = input.shape[2]
      directions = kernel.shape[0]
      kernelLength = kernel.shape[2]
      reverseLagCount = min(kernelLength, length - 1)
      transform = FourierTransform.ofLength(FourierTransform.goodLength(atLeast: 2 * length - 1))
    }

    func rows(of tensor: Tensor, sample: Int, channel: Int) -> Rows {
      let first = tensor.elements + (sample * width + channel) * length
      return (first, sample + 1 < batch ? first + width * length : nil)
    }
  }
}
