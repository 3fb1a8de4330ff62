import ComplexModule
import ReferenceModels
import TestSupport
import Testing

/// The twins' gradients by differences.
@Suite struct ReferenceConvolutionalSystemTests {
  private func values(_ count: Int, _ step: Int) -> [Double] { (0..<count).map { Double(($0 * step) % 23) / 8 - 1.3 } }

  private func flat(_ numbers: [Complex<Double>]) -> [Double] { numbers.map(\.real) + numbers.map(\.imaginary) }

  /// Angles of 1.2, −1 and 4 radians a step; the third mode's real part is cut.
  @Test("kernels", arguments: [0, -4, 1.5])
  func kernels(exponent: Double) {
    let system = ReferenceConvolutionalSystem(
      decay: [-0.5, -0.7, 0.1], frequency: [12, -10, 40], logTimestep: [-2.3, -2.3, -2.3], inputWeights: values(2 * 3 * 8, 7),
      outputWeights: values(2 * 2 * 3 * 4, 5), taps: 4, exponent: exponent)
    let (multiplierSlopes, inputSlopes, outputSlopes) = (values(6, 3), values(48, 11), values(48, 9))
    let gradient = system.backward(
      multipliers: (0..<3).map { Complex(multiplierSlopes[$0], multiplierSlopes[3 + $0]) }, inputKernel: inputSlopes,
      outputKernel: outputSlopes)
    func differences(_ name: String, _ gradient: [Double], _ path: WritableKeyPath<ReferenceConvolutionalSystem, [Double]>) -> [String] {
      GradientCheck.differences(name, gradient.map { Float($0) }, at: system[keyPath: path], step: 1e-6) { moved in
        var system = system
        system[keyPath: path] = moved
        return dotProduct(flat(system.multipliers), multiplierSlopes) + dotProduct(system.inputKernel, inputSlopes)
          + dotProduct(system.outputKernel, outputSlopes)
      }
    }
    #expect(
      differences("decay", gradient.decay, \.decay) + differences("frequency", gradient.frequency, \.frequency)
        + differences("timestep", gradient.logTimestep, \.logTimestep) + differences("B", gradient.inputWeights, \.inputWeights)
        + differences("C", gradient.outputWeights, \.outputWeights) == [])
  }

  @Test("states over time", arguments: [1, 2, 7])
  func scan(steps: Int) {
    let scan = ReferenceScan(multipliers: [Complex(0.6, 0.5), Complex(-0.2, 0.9)], pixels: 3)
    func rows(_ parts: [Double]) -> [ReferenceScan.Row] {
      Rows.cut(parts, 12).map { row in (0..<6).map { Complex(row[$0], row[6 + $0]) } }
    }
    let (inputs, slopes, initial) = (values(12 * steps, 7), values(12 * steps, 5), rows(values(12, 3))[0])
    let gradient = scan.backward(
      stateGradient: rows(slopes), states: scan.forward(rows(inputs), initial: initial), initial: initial)
    func loss(_ scan: ReferenceScan, _ inputs: [Double]) -> Double {
      dotProduct(scan.forward(rows(inputs), initial: initial).flatMap(flat), slopes)
    }
    let differences =
      GradientCheck.differences("inputs", gradient.inputs.flatMap(flat).map { Float($0) }, at: inputs) { loss(scan, $0) }
      + GradientCheck.differences("multipliers", flat(gradient.multipliers).map { Float($0) }, at: flat(scan.multipliers)) {
        loss(ReferenceScan(multipliers: [Complex($0[0], $0[2]), Complex($0[1], $0[3])], pixels: 3), inputs)
      }
    #expect(differences == [])
  }
}
