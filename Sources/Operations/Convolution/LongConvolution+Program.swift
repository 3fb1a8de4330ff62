import Accelerators

extension LongConvolution {
  static func record(
    _ program: Program, _ input: Tensor, kernel: Tensor, skip: Tensor?, boundary: Boundary, normalization: RowNormalization?
  ) -> Tensor {
    let circle = RecordedCircle(input: input, kernel: kernel, boundary: boundary)
    let spectra = circle.spectra(ofInput: input.value(in: program), normalization, program)
    let product = spectra * circle.kernelSpectra(kernel.value(in: program), skip: skip?.value(in: program))
    return Tensor(circle.steps(product))
  }

  static func recordBackward(
    _ program: Program, outputGradient: Tensor, input: Tensor, kernel: Tensor, skip: Tensor?, skipGradient: Tensor?, boundary: Boundary,
    normalization: RowNormalization?
  ) -> Gradients {
    let circle = RecordedCircle(input: input, kernel: kernel, boundary: boundary)
    let slopes = circle.spectra(outputGradient.value(in: program))
    let back = slopes * circle.kernelSpectra(kernel.value(in: program), skip: skip?.value(in: program)).conjugate
    let correlation = circle.spectra(ofInput: input.value(in: program), normalization, program).conjugate * slopes
    let sums = ComplexValue(correlation.real, correlation.imaginary).sum(over: [0])
    let (kernelGradient, atOrigin) = circle.kernelGradient(sums)
    skipGradient?.add(atOrigin)
    return Gradients(input: Tensor(circle.steps(circle.summedOverCopies(back))), kernel: Tensor(kernelGradient))
  }
}

/// The circle of points on which a program convolves, with the sizes of one convolution.
private struct RecordedCircle {
  let batch: Int
  /// H.
  let width: Int
  /// C.
  let kernelCount: Int
  let length: Int
  /// K.
  let lagCount: Int
  let hasReverse: Bool
  let reverseLagCount: Int
  /// M.
  let pointCount: Int
  let boundary: LongConvolution.Boundary

  init(input: Tensor, kernel: Tensor, boundary: LongConvolution.Boundary) {
    (batch, width, length) = (input.shape[0], input.shape[1], input.shape[2])
    kernelCount = kernel.shape[boundary == .circularSpectra ? 0 : 1]
    lagCount = boundary == .circularSpectra ? 0 : kernel.shape[2]
    hasReverse = boundary == .zeros && kernel.shape[0] == 2
    reverseLagCount = hasReverse ? min(kernel.shape[2], length - 1) : 0
    pointCount = boundary == .zeros ? FourierTransform.goodLength(atLeast: 2 * length - 1) : length
    self.boundary = boundary
  }

  /// Transforms of rows of L steps, zeros behind.
  func spectra(_ rows: Value) -> Value { rows.padded(axis: 2, behind: pointCount - length).realTransform }

  /// [B, C, bins]: each channel's transform for every kernel that reads it.
  func spectra(ofInput input: Value, _ normalization: RowNormalization?, _ program: Program) -> Value {
    let spectra = spectra(normalization?.record(program, input) ?? input)
    return kernelCount == width ? spectra : Value.concatenated(Array(repeating: spectra, count: kernelCount / width), axis: 1)
  }

  /// The transforms of K + D·δ, for each sample.
  func kernelSpectra(_ kernel: Value, skip: Value?) -> Value {
    let spectra: Value
    if boundary == .circularSpectra {
      let bins = ComplexValue(interleaved: kernel)
      let real = skip.map { bins.real + $0.broadcast(to: bins.shape, axes: [0]) } ?? bins.real
      spectra = Value.complex(real, bins.imaginary)
    } else {
      let points = points(kernel)
      spectra = (skip.map { points + $0.reshaped([kernelCount, 1]).padded(axis: 1, behind: pointCount - 1) } ?? points).realTransform
    }
    return spectra.broadcast(to: [batch] + spectra.shape, axes: [1, 2])
  }

  /// K₀ from point 0 on, K₁ backwards from the last one.
  private func points(_ kernel: Value) -> Value {
    let direct = kernel.place(axis: 0, 0)
    guard reverseLagCount > 0 else { return direct.padded(axis: 1, behind: pointCount - lagCount) }
    let reverse = kernel.place(axis: 0, 1).slice(axis: 1, 0..<reverseLagCount).reversed(axes: [1])
    return Value.concatenated([direct.padded(axis: 1, behind: pointCount - lagCount - reverseLagCount), reverse], axis: 1)
  }

  /// The first L steps of what spectra stand for.
  func steps(_ spectra: Value) -> Value { spectra.inverseRealTransform(length: pointCount).slice(axis: 2, 0..<length) }

  /// [B, C, bins] → [B, H, bins], so that one transform back serves all kernels of a channel.
  func summedOverCopies(_ spectra: Value) -> Value {
    if kernelCount == width { return spectra }
    let copies = [batch, kernelCount / width, width, spectra.shape[2]]
    let parts = ComplexValue(spectra.real, spectra.imaginary).parts { $0.reshaped(copies) }.sum(over: [1])
    return Value.complex(parts.real, parts.imaginary)
  }

  /// The gradient of the kernel, shaped as it, and that of a number at lag 0, from Σ over samples of the correlations [C, bins].
  func kernelGradient(_ sums: ComplexValue) -> (kernel: Value, atOrigin: Value) {
    let points = Value.complex(sums.real, sums.imaginary).inverseRealTransform(length: pointCount)
    let atOrigin = points.slice(axis: 1, 0..<1).reshaped([kernelCount])
    if boundary == .circularSpectra { return ((1 / Double(length) * sums).interleaved, atOrigin) }
    let direct = points.slice(axis: 1, 0..<lagCount)
    guard hasReverse else { return (direct.reshaped([1] + direct.shape), atOrigin) }
    let reverse = points.slice(axis: 1, pointCount - reverseLagCount..<pointCount).reversed(axes: [1])
      .padded(axis: 1, behind: lagCount - reverseLagCount)
    return (Value.concatenated([direct, reverse].map { $0.reshaped([1] + $0.shape) }, axis: 0), atOrigin)
  }
}
