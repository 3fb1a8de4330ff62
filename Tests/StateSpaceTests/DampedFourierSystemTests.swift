import Arrays
import ComplexModule
import LinearAlgebra
import StateSpace
import TestSupport
import Testing
import Vocabulary

@Suite struct DampedFourierSystemTests {
  private func random(_ count: Int, _ inputFactor: FourierInputFactor, outputFactor: Double = 2) -> DampedFourierSystem {
    var stream = RandomStream(seed: 61, purpose: .testing)
    return DampedFourierSystem(
      damping: 0.05, angles: (0..<count).map { _ in stream.uniform(0..<Double.pi) },
      inputWeights: (0..<count).map { _ in Complex(stream.normal(), stream.normal()) },
      outputWeights: (0..<count).map { _ in Complex(stream.normal(), stream.normal()) }, inputFactor: inputFactor,
      outputFactor: outputFactor)
  }

  @Test("channels together hold the even grid", arguments: [(1, 1), (4, 3), (7, 2)])
  func grids(modeCount: Int, width: Int) {
    let even = FourierAngles.single(modeCount: modeCount * width)
    for rows in [FourierAngles.layer(modeCount: modeCount, width: width), FourierAngles.batched(modeCount: modeCount, width: width)] {
      #expect(rows.map(\.count) == [Int](repeating: modeCount, count: width))
      #expect(rows.flatMap { $0 }.sorted() == even)
    }
    #expect(FourierAngles.token(modeCount: 3) == [2 * .pi, .pi, 2 * .pi / 3])
  }

  @Test("without damping N = L modes are any circular kernel", arguments: [1, 2, 7, 16])
  func representsAnyKernel(length: Int) {
    var stream = RandomStream(seed: 67, purpose: .testing)
    let kernel = (0..<length).map { _ in stream.normal() }
    let system = DampedFourierSystem(
      damping: 0, angles: FourierAngles.single(modeCount: length),
      outputWeights: DiscreteFourierTransform.forward(kernel).map { $0 / Complex(Double(length)) }, inputFactor: .unit, outputFactor: 1)
    #expect(maxRelative(system.kernel(length: length), kernel) < 1e-13)
    let input = (0..<length).map { Double($0 * 7 % 5) - 2 }
    let spectrum = zip(DiscreteFourierTransform.forward(input), DiscreteFourierTransform.forward(kernel)).map { $0 * $1 }
    let expected = DiscreteFourierTransform.inverse(spectrum).map(\.real)
    #expect(maxRelative(DirectConvolution.circular(input, circle: system.kernel(length: length)), expected) < 1e-12)
  }

  @Test("the zero-order hold is S4D with Δ = ξ") func sameAsDiagonalSystem() {
    let system = random(4, .zeroOrderHold)
    let diagonal = DiagonalSystem(
      poles: system.logarithmicPoles.map { $0 / Complex(system.damping) }, inputWeights: system.inputWeights,
      outputWeights: system.outputWeights, timestep: system.damping)
    #expect(maxRelative(system.kernel(length: 60), diagonal.kernel(length: 60)) < 1e-12)
    #expect(maxRelative(system.discrete.modeScores, diagonal.discrete.modeScores) < 1e-12)
    let values = (try? system.hankelSingularValues()) ?? []
    #expect(maxRelative(values, (try? diagonal.hankelSingularValues(.zeroOrderHold)) ?? []) < 1e-10)
  }

  @Test("recurrence equals convolution", arguments: FourierInputFactor.allCases, [1.0, 2])
  func viewsAgree(inputFactor: FourierInputFactor, outputFactor: Double) {
    let system = random(5, inputFactor, outputFactor: outputFactor)
    let input = (0..<80).map { Double(($0 * 37) % 11) - 5 }
    let convolved = DirectConvolution.causal(input, kernel: system.kernel(length: 80))
    #expect(maxRelative(system.discrete.recurrence(input), convolved) < 1e-12)
  }

  @Test("the input weight of a mode can stand in its output weight; weights of one are none", arguments: FourierInputFactor.allCases)
  func inputWeights(inputFactor: FourierInputFactor) {
    var system = random(5, inputFactor)
    let kernel = system.kernel(length: 40)
    system.outputWeights = zip(system.inputWeights, system.outputWeights).map { $0 * $1 }
    system.inputWeights = .init(repeating: 1, count: 5)
    #expect(maxRelative(system.kernel(length: 40), kernel) < 1e-13)
    let none = DampedFourierSystem(
      damping: system.damping, angles: system.angles, outputWeights: system.outputWeights, inputFactor: inputFactor)
    #expect(none.kernel(length: 40) == system.kernel(length: 40))
  }

  @Test("half the rate: poles squared") func resampling() {
    let system = random(3, .unit)
    let poles = system.discrete.modes.map(\.pole)
    #expect(maxRelative(pairs(system.resampled(every: 2).discrete.modes.map(\.pole)), pairs(poles.map { $0 * $0 })) < 1e-14)
  }
}
