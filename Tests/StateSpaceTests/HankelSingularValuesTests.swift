import ComplexModule
import LinearAlgebra
import RunSupport
import StateSpace
import TestSupport
import Testing

/// Hankel singular values, each by itself, against a 2000-bit evaluation (golden case 07), against closed forms, and their invariants.
@Suite struct HankelSingularValuesTests {
  private static let tensors: [(HankelForm, String)] = [
    (.continuous, "hsv_ct"), (.bilinear, "hsv_bilinear"), (.zeroOrderHold, "hsv_zoh"),
  ]

  /// The largest |value/reference − 1|: small values count as much as large ones.
  private func maxRelativeEach(_ values: [Double], _ reference: [Double]) -> Double {
    values.count == reference.count ? zip(values, reference).map { abs($0 / $1 - 1) }.max() ?? 0 : .infinity
  }

  @Test(arguments: ["random_diag", "s4d_legs"], tensors)
  func diagonalSystems(subcase: String, tensor: (form: HankelForm, name: String)) throws {
    let golden = try Fixtures.golden("case07_hankel")
    func reals(_ name: String) throws -> [Double] { try golden.tensor("\(subcase).\(name)").doubles() }
    func complex(_ name: String) throws -> [Complex<Double>] {
      let parts = try reals(name)
      return stride(from: 0, to: parts.count, by: 2).map { Complex(parts[$0], parts[$0 + 1]) }
    }
    let values = try DiagonalSystem.hankelSingularValues(
      tensor.form, poles: try complex("A_diag"), inputWeights: try complex("B"), outputWeights: try complex("C"),
      timestep: try reals("dt")[0])
    // Z = ΔA is rounded before it is exponentiated; with |ΔA| up to 10 that alone costs some 1e-14.
    #expect(maxRelativeEach(values, try reals(tensor.name)) < 1e-12)
  }

  /// Poles −1 … −16, all weights 1: the values fall by 23 orders of magnitude, and each keeps its digits.
  ///
  /// Expected: eigenvalues of the Hilbert-like Gramian 1/(j + k), and for Δ = 1/8 √eig(P·Q), with 120 digits (mpmath).
  @Test func tinyValuesKeepTheirDigits() throws {
    let poles = (1...16).map { Complex(-Double($0)) }
    let ones = poles.map { _ in Complex<Double>.one }
    let continuous = [
      1.4313449771076087, 0.23083727135678169, 0.025704633349829812, 0.0022980679553397752, 0.00016875239087583183, 1.025525813120684e-5,
      5.1687083046465076e-7, 2.1563600007999393e-8, 7.4032484127398197e-10, 2.0702010948866302e-11, 4.6402438797709077e-13,
      8.1376195430379074e-15, 1.0756190453682208e-16, 1.0076828012273208e-18, 5.9638272839708012e-21, 1.6764386179294982e-23,
    ]
    let held = [
      1.8365466764460233, 0.27684148339996425, 0.026015798294287354, 0.0019023186758131177, 0.00010970792107264706, 5.0043218390956692e-6,
      1.8042860793262337e-7, 5.1192629065552976e-9, 1.1334778116557655e-10, 1.9332686497058456e-12, 2.4927051981375858e-14,
      2.3645905386135799e-16, 1.5848471787197759e-18, 7.0353327355303708e-21, 1.8376526837459146e-23, 2.1164443206811784e-26,
    ]
    for (form, expected) in [(HankelForm.continuous, continuous), (.zeroOrderHold, held)] {
      let values = try DiagonalSystem.hankelSingularValues(
        form, poles: poles, inputWeights: ones, outputWeights: ones, timestep: 0.125)
      #expect(maxRelativeEach(values, expected) < 1e-12, "\(form)")
    }
  }

  @Test("one real mode: σ = |B·C|/(2·|A|)") func oneMode() throws {
    let values = try HankelSingularValues.continuous(poles: [-3], inputWeights: [2], outputWeights: [Complex(0, 5)])
    #expect(maxRelative(values, [10.0 / 6]) < 1e-15)
    let discrete = try HankelSingularValues.discrete(
      logarithmicPoles: [Complex(Double.log(0.5))], inputWeights: [2], outputWeights: [5])
    #expect(maxRelative(discrete, [10 / 0.75]) < 1e-15)
  }

  @Test("the normalised bilinear map keeps the values", arguments: [0.001, 0.1, 3])
  func bilinearInvariance(timestep: Double) throws {
    let system = DiagonalSystem.random(modeCount: 6, seed: 17)
    let halves = system.poles.map { Complex(timestep / 2) * $0 }
    let root = Complex(timestep.squareRoot())
    let logarithms = halves.map { Complex.log((1 + $0) / (1 - $0)) }
    func completed(_ values: [Complex<Double>]) -> [Complex<Double>] { values + values.map(\.conjugate) }
    let mapped = try HankelSingularValues.discrete(
      logarithmicPoles: completed(logarithms), inputWeights: completed(zip(system.inputWeights, halves).map { root * $0 / (1 - $1) }),
      outputWeights: completed(zip(system.outputWeights, halves).map { root * $0 / (1 - $1) }))
    // The logarithm of a pole next to the circle loses log10(1/(Δ·damping)) digits.
    #expect(maxRelativeEach(mapped, try system.hankelSingularValues(HankelForm.continuous)) < 1e-10)
  }

  @Test("dense and diagonal computations agree", arguments: HankelForm.allCases)
  func denseAgreesWithDiagonal(form: HankelForm) throws {
    let system = DiagonalSystem.random(modeCount: 4, seed: 23)
    let poles = system.poles + system.poles.map(\.conjugate)
    // The same system in other coordinates: x = M·x̃ with the unit lower triangular M of ½ below the diagonal.
    let size = poles.count
    let change = Matrix(size, size) { $0 == $1 ? Complex<Double>.one : $0 > $1 ? Complex(0.5) : .zero }
    let diagonal = Matrix(size, size) { $0 == $1 ? poles[$0] : .zero }
    let inputs = system.inputWeights + system.inputWeights.map(\.conjugate)
    let outputs = system.outputWeights + system.outputWeights.map(\.conjugate)
    let dense = DenseSystem(
      stateMatrix: try LinearSystem.solve(change, diagonal * change),
      inputWeights: try LinearSystem.solve(change, Matrix(rowCount: size, columnCount: 1, entries: inputs)).entries,
      outputWeights: change.transpose * outputs)
    let values = try dense.hankelSingularValues(form, timestep: system.timestep)
    #expect(maxRelative(values, try system.hankelSingularValues(form)) < 1e-11)
  }

  /// With poles ever closer to the unit circle, 1 − λ̄_j·conj(λ̄_k) taken as a difference would keep no digit at Δ = 1e-14.
  @Test("values of the zero-order hold go to those of the continuous system, each by itself", arguments: [1e-6, 1e-10, 1e-14])
  func smallTimesteps(timestep: Double) throws {
    var system = DiagonalSystem.random(modeCount: 6, seed: 31)
    system.timestep = timestep
    let fastest = system.poles.map(\.length).max() ?? 0
    let held = try system.hankelSingularValues(HankelForm.zeroOrderHold)
    // Of first order in Δ; the smallest values feel it most.
    #expect(maxRelativeEach(held, try system.hankelSingularValues(HankelForm.continuous)) < 100 * timestep * fastest + 1e-11)
  }

  @Test("a zero-order hold changes the values, so the two domains are never compared")
  func domainsDiffer() throws {
    let golden = try Fixtures.golden("case07_hankel")
    let (continuous, held) = (try golden.tensor("s4d_legs.hsv_ct").doubles(), try golden.tensor("s4d_legs.hsv_zoh").doubles())
    #expect(maxRelativeEach(held, continuous) > 0.1)
  }

  @Test("a long impulse response has the values of its system") func markovParameters() throws {
    let system = DiagonalSystem.random(modeCount: 2, seed: 29)
    var fast = system
    fast.timestep = 0.5 / -system.poles.map(\.real).max()!  // 200 steps are 100 time constants: nothing is cut off
    let kernel = fast.kernel(length: 200).map { Complex($0) }
    let values = try HankelSingularValues.markov(kernel)
    let expected = try fast.hankelSingularValues(.zeroOrderHold)
    #expect(maxRelative(Array(values.prefix(4)), expected) < 1e-12)
    #expect(HankelSingularValues.rank(values, tolerance: 1e-10) == HankelSingularValues.rank(expected, tolerance: 1e-10))
  }

  @Test func ranks() {
    let values = [8, 2, 0.5, 0]
    #expect(HankelSingularValues.rank(values, tolerance: 0.1) == 2)
    #expect(HankelSingularValues.rank(values, tolerance: 0) == 3)
    #expect(HankelSingularValues.rank([], tolerance: 0.1) == 0)
  }

  /// Equal poles and unused states reduce the rank; the values for them are zero.
  @Test func degenerateSystems() throws {
    let twins = try HankelSingularValues.continuous(poles: [-1, -1], inputWeights: [1, 1], outputWeights: [1, 1])
    #expect(maxRelative(twins, [1, 0]) < 1e-15)
    let unused = try HankelSingularValues.continuous(poles: [-1, -2], inputWeights: [0, 0], outputWeights: [1, 1])
    #expect(unused == [0, 0])
    #expect(try HankelSingularValues.continuous(poles: [], inputWeights: [], outputWeights: []).isEmpty)
    let undamped = DiagonalSystem(poles: [Complex(0, 1)], outputWeights: [1], timestep: 1)
    #expect {
      try undamped.hankelSingularValues(HankelForm.continuous)
    } throws: {
      ($0 as? StageError)?.code == .badData
    }
  }
}
