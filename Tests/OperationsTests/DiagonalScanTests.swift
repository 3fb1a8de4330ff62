import ComplexModule
import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct DiagonalScanTests {
  private struct Problem {
    let batch: Int
    let steps: Int
    let modes: Int
    let pixels: Int
    let inputs: Tensor
    let multipliers: Tensor
    let initial: Tensor?
    let stateGradient: Tensor

    /// [B, T, P, H, W].
    init(_ batch: Int, _ steps: Int, _ modes: Int, _ height: Int, _ width: Int, isContinued: Bool) {
      (self.batch, self.steps, self.modes) = (batch, steps, modes)
      pixels = height * width
      let shape = [batch, steps, 2 * modes, height, width]
      inputs = .random(shape, lane: 1)
      multipliers = .random([2, modes], lane: 2, bound: 0.7)
      initial = isContinued ? .random([batch, 2 * modes, height, width], lane: 3) : nil
      stateGradient = .random(shape, lane: 4)
    }

    func states() -> Tensor { DiagonalScan.forward(inputs.copy(), multipliers: multipliers, initial: initial) }

    func gradients() -> [Tensor] {
      let multiplierGradient = Tensor.filled(like: multipliers, with: 2)
      let inputGradient = DiagonalScan.backward(
        stateGradient: stateGradient.copy(), states: states(), multipliers: multipliers, initial: initial,
        multiplierGradient: multiplierGradient)
      return [inputGradient, multiplierGradient]
    }

    /// The states, and the gradients of inputs and multipliers.
    func results(on engine: Engine) throws -> [Tensor] {
      try engine.run([inputs, multipliers, stateGradient] + (initial.map { [$0] } ?? [])) { [states()] + gradients() }
    }

    var reference: ReferenceScan {
      let parts = multipliers.doubles
      return ReferenceScan(multipliers: (0..<modes).map { Complex(parts[$0], parts[modes + $0]) }, pixels: pixels)
    }

    /// Rows [T] of each sequence.
    func rows(_ tensor: Tensor) -> [[ReferenceScan.Row]] {
      Rows.cut(Rows.cut(tensor.doubles, 2 * modes * pixels).map(complex), steps)
    }

    func complex(_ parts: [Double]) -> ReferenceScan.Row {
      (0..<modes * pixels).map { Complex(parts[$0], parts[modes * pixels + $0]) }
    }

    func initialRow(_ sample: Int) -> ReferenceScan.Row {
      initial.map { complex(Rows.cut($0.doubles, 2 * modes * pixels)[sample]) } ?? .init(repeating: .zero, count: modes * pixels)
    }

    /// Real parts before imaginary parts in each row, as the operation has them.
    func flat(_ rows: [ReferenceScan.Row]) -> [Double] { rows.flatMap { $0.map(\.real) + $0.map(\.imaginary) } }
  }

  @Test(
    "states agree with the recurrence and with the form that is parallel over time",
    arguments: Engine.cases([1, 2, 3, 31, 64], onDevice: [0, 2, 3]), [false, true])
  func states(place: (engine: Engine, steps: Int), isContinued: Bool) throws {
    let (engine, steps) = place
    let problem = Problem(2, steps, 3, 3, 7, isContinued: isContinued)
    let inputs = problem.rows(problem.inputs)
    let recurrence = (0..<2).map { problem.reference.forward(inputs[$0], initial: problem.initialRow($0)) }
    let associative = (0..<2).map { problem.reference.associative(inputs[$0], initial: problem.initialRow($0)) }
    let states = try problem.results(on: engine)[0]
    #expect(states.shape == problem.inputs.shape)
    #expect(maxRelative(associative.flatMap(problem.flat), recurrence.flatMap(problem.flat)) < 1e-13)
    #expect(maxRelative(states.doubles, recurrence.flatMap(problem.flat)) < 1e-6)
  }

  @Test("gradients agree with the reference", arguments: Engine.cases([1, 2, 5, 31], onDevice: [0, 2, 3]), [false, true])
  func gradients(place: (engine: Engine, steps: Int), isContinued: Bool) throws {
    let (engine, steps) = place
    let problem = Problem(2, steps, 3, 3, 7, isContinued: isContinued)
    let (inputs, slopes) = (problem.rows(problem.inputs), problem.rows(problem.stateGradient))
    let expected = (0..<2).map { sample in
      let initial = problem.initialRow(sample)
      return problem.reference.backward(
        stateGradient: slopes[sample], states: problem.reference.forward(inputs[sample], initial: initial), initial: initial)
    }
    let gradients = Array(try problem.results(on: engine).dropFirst())
    #expect(maxRelative(gradients[0].doubles, expected.flatMap { problem.flat($0.inputs) }) < 1e-6)
    let multipliers = zip(expected[0].multipliers, expected[1].multipliers).map { $0 + $1 }
    #expect(maxRelative(gradients[1].doubles.map { $0 - 2 }, problem.flat([multipliers])) < 1e-5)
  }

  @Test("a sequence in two parts, carried on from the last state, has the same bits")
  func continued() {
    let problem = Problem(1, 9, 2, 5, 5, isContinued: false)
    let whole = problem.states().reshaped([9, 4, 5, 5])
    let inputs = problem.inputs.reshaped([9, 4, 5, 5])
    let first = DiagonalScan.forward(inputs.rows(0..<4).reshaped([1, 4, 4, 5, 5]), multipliers: problem.multipliers)
    let second = DiagonalScan.forward(
      inputs.rows(4..<9).reshaped([1, 5, 4, 5, 5]), multipliers: problem.multipliers,
      initial: first.reshaped([4, 4, 5, 5]).rows(3..<4))
    #expect(first.values() + second.values() == whole.values())
  }

  @Test("any number of threads gives the same bits, also with more pixels than a strip has")
  func threads() {
    let problem = Problem(2, 3, 5, 37, 31, isContinued: true)
    #expect(isIndependentOfThreads { [problem.states()] + problem.gradients() })
  }
}
