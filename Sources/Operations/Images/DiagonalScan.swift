import Accelerators

/// The recurrence of complex states over time, x_k = λ̄ x_(k−1) + v_k, for each mode and pixel by itself.
///
/// Shapes: v and x [B, T, 2P, H, W] with the real parts of the P modes first and their imaginary parts behind; λ̄ [2, P]; the state before
/// the first step [B, 2P, H, W], zero where there is none. A strip of pixels of one mode is carried through all steps, so that strips are
/// what cores share; no pixel knows of another, so every step but the first costs the memory's time alone.
///
/// - Source: ConvSSM (Smith et al., 2023), whose parallel form over time gives the same states.
package enum DiagonalScan {
  /// Pixels of a strip: its last state stays in the first-level cache.
  private static let stripLength = 1024

  /// The states, which take the place of `inputs`.
  package static func forward(_ inputs: Tensor, multipliers: Tensor, initial: Tensor? = nil) -> Tensor {
    if let program = Program.recording(inputs, multipliers) {
      return record(program, inputs, multipliers: multipliers, initial: initial)
    }
    let pass = Pass(inputs, multipliers, initial)
    let values = Shared(inputs.elements)
    Parallel.forEach(pass.stripCount) { pass.carry(pass.strip($0), in: values.pointer) }
    return inputs
  }

  /// The gradient of v, which takes the place of `stateGradient`; adds to that of λ̄.
  ///
  /// From the last step to the first, g_k = ∂/∂x_k + conj(λ̄) g_(k+1); that of λ̄ is Σ conj(x_(k−1)) g_k over batch, steps and pixels.
  ///
  /// - Parameter states: what `forward` gave.
  package static func backward(
    stateGradient: Tensor, states: Tensor, multipliers: Tensor, initial: Tensor? = nil, multiplierGradient: Tensor
  ) -> Tensor {
    precondition(
      stateGradient.shape == states.shape && multiplierGradient.shape == multipliers.shape,
      "DiagonalScan: gradient \(stateGradient.shape) of states \(states.shape), \(multiplierGradient.shape) of \(multipliers.shape)")
    if let program = Program.recording(stateGradient, states) {
      return recordBackward(
        program, stateGradient: stateGradient, states: states, multipliers: multipliers, initial: initial,
        multiplierGradient: multiplierGradient)
    }
    let pass = Pass(states, multipliers, initial)
    let (gradients, values) = (Shared(stateGradient.elements), Shared(states.elements))
    let sums = Parallel.map(pass.stripCount) { number in
      pass.carryBack(pass.strip(number), gradients: gradients.pointer, states: values.pointer)
    }
    var totals = [SIMD2<Double>](repeating: .zero, count: pass.modeCount)
    for (number, sum) in sums.enumerated() { totals[pass.strip(number).mode] += sum }
    for (mode, total) in totals.enumerated() {
      multiplierGradient.elements[mode] += Float(total.x)
      multiplierGradient.elements[pass.modeCount + mode] += Float(total.y)
    }
    return stateGradient
  }

  /// Some pixels of one mode of one sequence.
  private struct Strip {
    let sample: Int
    let mode: Int
    let pixels: Range<Int>
  }

  private struct Pass: @unchecked Sendable {
    let modeCount: Int
    private let steps: Int
    private let pixelCount: Int
    private let batch: Int
    private let multipliers: UnsafePointer<Float>
    private let initial: UnsafePointer<Float>?

    /// The caller keeps the tensors.
    init(_ states: Tensor, _ multipliers: Tensor, _ initial: Tensor?) {
      let shape = states.shape
      precondition(
        shape.count == 5 && multipliers.shape.count == 2 && multipliers.shape[0] == 2 && shape[2] == 2 * multipliers.shape[1]
          && initial.map { $0.shape == [shape[0]] + shape[2...] } ?? true,
        "DiagonalScan: states \(shape), multipliers \(multipliers.shape), initial state \(initial?.shape ?? [])")
      (batch, steps, modeCount, pixelCount) = (shape[0], shape[1], multipliers.shape[1], shape[3] * shape[4])
      self.multipliers = UnsafePointer(multipliers.elements)
      self.initial = initial.map { UnsafePointer($0.elements) }
    }

    private var stripsOfMode: Int { (pixelCount + stripLength - 1) / stripLength }

    var stripCount: Int { batch * modeCount * stripsOfMode }

    func strip(_ number: Int) -> Strip {
      let (row, part) = number.quotientAndRemainder(dividingBy: stripsOfMode)
      let start = part * stripLength
      return Strip(
        sample: row / modeCount, mode: row % modeCount, pixels: start..<min(pixelCount, start + stripLength))
    }

    private func rows(_ strip: Strip) -> ComplexRows {
      ComplexRows(count: strip.pixels.count, imaginaryOffset: modeCount * pixelCount)
    }

    /// The place of a strip's real parts.
    private func place(_ strip: Strip, step: Int) -> Int {
      ((strip.sample * steps + step) * 2 * modeCount + strip.mode) * pixelCount + strip.pixels.lowerBound
    }

    /// The real parts before the first step.
    private func initialState(_ strip: Strip) -> UnsafePointer<Float>? {
      initial.map { $0 + (strip.sample * 2 * modeCount + strip.mode) * pixelCount + strip.pixels.lowerBound }
    }

    private func multiplier(_ strip: Strip) -> (real: Float, imaginary: Float) {
      (multipliers[strip.mode], multipliers[modeCount + strip.mode])
    }

    func carry(_ strip: Strip, in values: UnsafeMutablePointer<Float>) {
      let (multiplier, rows) = (multiplier(strip), rows(strip))
      var before = initialState(strip)
      for step in 0..<steps {
        let row = values + place(strip, step: step)
        if let before { rows.addProduct(before, multiplier, to: row) }
        before = UnsafePointer(row)
      }
    }

    /// - Returns: the strip's part of the gradient of λ̄.
    func carryBack(_ strip: Strip, gradients: UnsafeMutablePointer<Float>, states: UnsafePointer<Float>) -> SIMD2<Double> {
      let ((real, imaginary), rows) = (multiplier(strip), rows(strip))
      var sum = SIMD2<Double>.zero
      for step in (0..<steps).reversed() {
        let row = gradients + place(strip, step: step)
        if step + 1 < steps { rows.addProduct(gradients + place(strip, step: step + 1), (real, -imaginary), to: row) }
        if let before = step > 0 ? states + place(strip, step: step - 1) : initialState(strip) {
          sum += rows.conjugateProduct(before, row)
        }
      }
      return sum
    }
  }
}
