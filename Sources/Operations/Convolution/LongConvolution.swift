import Accelerators

/// The convolution of every channel with its own long kernel through the fast Fourier transform, plus the skip term D·u.
///
/// Causal: y[t] = Σ_{s≤t} K₀[t−s]·u[s] + D·u[t]. With a second kernel also Σ_{s>t} K₁[s−t−1]·u[s]: the reverse part starts at lag −1,
/// as in the reference code. Circular: y[t] = Σ_s K₀[(t−s) mod L]·u[s] + D·u[t].
/// Shapes: u [B, H, L]; kernel [1 or 2, C, K] with K ≤ L, circular [1, C, L], spectra [C, L/2 + 1, 2]; skip [C]; y [B, C, L]. C is a
/// multiple of H: kernel c reads channel c mod H, so that several kernels may look at the same channel.
///
/// Two samples share one complex transform: with a real kernel ifft(fft(u₀ + i·u₁)·fft(K)) = y₀ + i·y₁, so nothing has to be
/// taken apart. D·u is the convolution with D at lag 0, so D is added to the kernel, and its gradient is that of lag 0. A channel belongs
/// to one chunk with all its samples, so that its kernel gradient has one owner. Kernel spectra are computed again in the backward pass:
/// keeping them would cost more memory than the activations when the batch is small.
package enum LongConvolution {
  package enum Boundary: Sendable {
    /// Nothing before the first and behind the last step.
    case zeros
    /// The last step is followed by the first one.
    case circular
    /// `circular`, with kernels given by their transforms at the bins 0 … L/2 (`CircularSpectrum`); their gradients are the derivatives by
    /// each of the L bins.
    case circularSpectra
  }

  /// - Parameters:
  ///   - skip: D; nil is none.
  ///   - normalization: applied to the rows of the input as they are read, also for the skip term.
  package static func forward(
    _ input: Tensor, kernel: Tensor, skip: Tensor?, boundary: Boundary = .zeros, normalization: RowNormalization? = nil
  ) -> Tensor {
    let sizes = Sizes(input: input, kernel: kernel, skip: skip, boundary: boundary)
    if let program = Program.recording(input, kernel) {
      return record(program, input, kernel: kernel, skip: skip, boundary: boundary, normalization: normalization)
    }
    let output = Tensor(uninitialized: [sizes.batch, sizes.kernelCount, sizes.length])
    let (inputPairs, outputPairs) = (RowPairs(input, sizes), RowPairs(output, sizes))
    let reader = RowReader(normalization, sizes)
    Parallel.forEach(sizes.width) { channel in
      let indices = sizes.kernels(reading: channel)
      inputPairs.prefetch(0, channel)
      let spectra = indices.map { sizes.spectrum(of: kernel, skip: skip, $0) }
      let (pair, product) = (sizes.transform.buffer(), sizes.transform.buffer())
      for sample in stride(from: 0, to: sizes.batch, by: 2) {
        reader.interleave(inputPairs, sample, channel, into: pair.elements)
        sizes.transform.forward(pair.elements)
        for (index, spectrum) in zip(indices, spectra) {
          SpectralArithmetic.multiply(
            pair.elements, by: spectrum.elements, to: product.elements, complexCount: sizes.transform.bufferCount)
          outputPairs.prefetch(sample, index)
          inputPairs.prefetch(sample + 2, channel)
          sizes.transform.inverse(product.elements)
          SpectralArithmetic.separate(
            product.elements, times: sizes.transform.inverseScale, to: outputPairs(sample, index), count: sizes.length)
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
    outputGradient: Tensor, input: Tensor, kernel: Tensor, skip: Tensor?, skipGradient: Tensor?, boundary: Boundary = .zeros,
    normalization: RowNormalization? = nil, overwrites: Bool = false
  ) -> Gradients {
    let sizes = Sizes(input: input, kernel: kernel, skip: skip, boundary: boundary)
    precondition(
      outputGradient.shape == [sizes.batch, sizes.kernelCount, sizes.length] && skipGradient?.shape == skip?.shape,
      "LongConvolution: gradient \(outputGradient.shape) for input \(input.shape), kernel \(kernel.shape)")
    if let program = Program.recording(outputGradient, input, kernel) {
      return recordBackward(
        program, outputGradient: outputGradient, input: input, kernel: kernel, skip: skip, skipGradient: skipGradient, boundary: boundary,
        normalization: normalization)
    }
    // A pair of rows is read as a whole before its place is written.
    let inputGradient = overwrites && outputGradient.shape == input.shape ? outputGradient : Tensor(uninitialized: input.shape)
    let kernelGradient = Tensor(uninitialized: kernel.shape)
    let (inputPairs, resultPairs) = (RowPairs(input, sizes), RowPairs(inputGradient, sizes))
    let gradientPairs = RowPairs(outputGradient, sizes)
    let reader = RowReader(normalization, sizes)
    Parallel.forEach(sizes.width) { channel in
      let indices = sizes.kernels(reading: channel)
      inputPairs.prefetch(0, channel)
      for index in indices { gradientPairs.prefetch(0, index) }
      let spectra = indices.map { sizes.spectrum(of: kernel, skip: skip, $0) }
      let correlations = indices.map { _ in Tensor.zeros([sizes.transform.bufferCount, 2]) }
      let (pair, gradient, result) = (sizes.transform.buffer(), sizes.transform.buffer(), sizes.transform.buffer())
      for sample in stride(from: 0, to: sizes.batch, by: 2) {
        reader.interleave(inputPairs, sample, channel, into: pair.elements)
        sizes.transform.forward(pair.elements)
        for (copy, index) in indices.enumerated() {
          let rows = gradientPairs(sample, index)
          SpectralArithmetic.interleave(
            rows.first, rows.second, count: sizes.length, into: gradient.elements, complexCount: sizes.transform.bufferCount)
          sizes.transform.forward(gradient.elements)
          gradientPairs.prefetch(sample + 2, index)
          SpectralArithmetic.correlate(
            gradient.elements, input: pair.elements, addingTo: correlations[copy].elements, kernel: spectra[copy].elements,
            to: result.elements, isFirst: copy == 0, complexCount: sizes.transform.bufferCount)
        }
        inputPairs.prefetch(sample + 2, channel)
        // Summed over the kernels of the channel as spectra, so that one transform back serves all.
        sizes.transform.inverse(result.elements)
        SpectralArithmetic.separate(
          result.elements, times: sizes.transform.inverseScale, to: resultPairs(sample, channel), count: sizes.length)
      }
      for (correlation, index) in zip(correlations, indices) {
        sizes.gather(correlation, kernelGradient: kernelGradient, skipGradient: skipGradient, index)
      }
    }
    return Gradients(input: inputGradient, kernel: kernelGradient)
  }

  /// Reads rows of the input, normalised where a norm is given.
  private struct RowReader: Sendable {
    private let rows: RowNormalization.Rows?
    private let sizes: Sizes

    /// Steps that are normalised at a time: they stay in the first-level cache until they are in their place.
    private static let pieceLength = 1024

    init(_ normalization: RowNormalization?, _ sizes: Sizes) {
      rows = normalization.map { RowNormalization.Rows($0, length: sizes.length) }
      self.sizes = sizes
    }

    /// Writes first + i·second and the zeros behind.
    func interleave(_ pairs: RowPairs, _ sample: Int, _ channel: Int, into pair: UnsafeMutablePointer<Float>) {
      let stored = pairs(sample, channel)
      guard let rows else {
        return SpectralArithmetic.interleave(
          stored.first, stored.second, count: sizes.length, into: pair, complexCount: sizes.transform.bufferCount)
      }
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * Self.pieceLength) { scratch in
        let (first, second) = (scratch.baseAddress!, scratch.baseAddress! + Self.pieceLength)
        for start in stride(from: 0, to: sizes.length, by: Self.pieceLength) {
          let steps = start..<min(sizes.length, start + Self.pieceLength)
          rows.write(stored.first, sample: sample, channel: channel, steps: steps, to: first)
          if let row = stored.second { rows.write(row, sample: sample + 1, channel: channel, steps: steps, to: second) }
          SpectralArithmetic.interleave(
            first, stored.second == nil ? nil : second, count: steps.count, into: pair + 2 * start,
            complexCount: (steps.upperBound < sizes.length ? steps.upperBound : sizes.transform.bufferCount) - start)
        }
      }
    }
  }

  /// One row, or two rows of neighbouring samples, of the same channel.
  typealias Rows = (first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>?)

  /// The rows of a tensor [B, channels, L] by pairs of samples, as plain pointers: counting references in every pair costs time.
  private struct RowPairs: Sendable {
    private let elements: Shared<Float>
    private let channelCount: Int
    private let batch: Int
    private let length: Int

    init(_ tensor: Tensor, _ sizes: Sizes) {
      elements = Shared(tensor.elements)
      channelCount = tensor.shape[1]
      batch = sizes.batch
      length = sizes.length
    }

    func callAsFunction(_ sample: Int, _ channel: Int) -> Rows {
      let first = elements.pointer + (sample * channelCount + channel) * length
      return (first, sample + 1 < batch ? first + channelCount * length : nil)
    }

    /// Asks for the rows of a pair while a transform is at work. Long rows are streams, which the processor foresees by itself.
    func prefetch(_ sample: Int, _ channel: Int) {
      guard sample < batch, length <= 4096 else { return }
      let rows = self(sample, channel)
      VectorMath.prefetch(rows.first, count: length)
      if let second = rows.second { VectorMath.prefetch(second, count: length) }
    }
  }

  private struct Sizes: Sendable {
    let batch: Int
    /// H.
    let width: Int
    /// C.
    let kernelCount: Int
    let length: Int
    let hasSpectra: Bool
    let transform: FourierTransform
    let circle: KernelCircle

    init(input: Tensor, kernel: Tensor, skip: Tensor?, boundary: Boundary) {
      kernelCount = kernel.shape[boundary == .circularSpectra ? 0 : 1]
      precondition(
        input.shape.count == 3 && kernel.shape.count == 3 && (skip?.shape ?? [kernelCount]) == [kernelCount]
          && kernelCount.isMultiple(of: max(1, input.shape[1]))
          && Self.isShape(kernel.shape, ofKernels: kernelCount, length: input.shape[2], boundary: boundary),
        "LongConvolution: input \(input.shape), kernel \(kernel.shape), skip \(skip?.shape ?? []), boundary \(boundary)")
      batch = input.shape[0]
      width = input.shape[1]
      length = input.shape[2]
      hasSpectra = boundary == .circularSpectra
      transform = FourierTransform.ofLength(boundary == .zeros ? FourierTransform.goodLength(atLeast: 2 * length - 1) : length)
      // K₁[L−1] would act at lag −L, outside of the sequence.
      circle = KernelCircle(transform: transform, reverseLagCount: min(kernel.shape[2], length - 1))
    }

    private static func isShape(_ shape: [Int], ofKernels count: Int, length: Int, boundary: Boundary) -> Bool {
      switch boundary {
      case .zeros: (1...2).contains(shape[0]) && shape[1] == count && shape[2] <= length
      case .circular: shape == [1, count, length]
      case .circularSpectra: shape == [count, length / 2 + 1, 2]
      }
    }

    func kernels(reading channel: Int) -> [Int] { Array(stride(from: channel, to: kernelCount, by: width)) }

    /// The transform of K + D·δ.
    func spectrum(of kernel: Tensor, skip: Tensor?, _ index: Int) -> Tensor {
      if hasSpectra {
        let values = transform.buffer()
        SpectralArithmetic.unfold(bins(kernel, index), adding: skip?.elements[index] ?? 0, to: values.elements, count: length)
        (values.elements + 2 * length).update(repeating: 0, count: 2 * (transform.bufferCount - length))
        return values
      }
      let spectrum = circle.points(of: kernel, row: index)
      spectrum.elements[0] += skip?.elements[index] ?? 0
      transform.forward(spectrum.elements)
      return spectrum
    }

    /// Takes the gradients from the spectrum of Σ_samples of the correlation of u with dy.
    func gather(_ correlation: Tensor, kernelGradient: Tensor, skipGradient: Tensor?, _ index: Int) {
      if hasSpectra {
        let bins = bins(kernelGradient, index)
        SpectralArithmetic.fold(correlation.elements, times: transform.inverseScale, to: bins, count: length)
        skipGradient?.elements[index] += SpectralArithmetic.total(bins, count: length)
        return
      }
      transform.inverse(correlation.elements)
      circle.write(correlation, to: kernelGradient, row: index)
      skipGradient?.elements[index] += transform.inverseScale * correlation.elements[0]
    }

    private func bins(_ kernel: Tensor, _ index: Int) -> UnsafeMutablePointer<Float> {
      kernel.elements + 2 * index * (length / 2 + 1)
    }
  }
}
