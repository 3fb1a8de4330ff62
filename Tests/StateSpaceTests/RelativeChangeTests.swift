import Arrays
import ComplexModule
import StateSpace
import TestSupport
import Testing

/// Changes of an exact relative size, and what they do to transfer functions.
@Suite struct RelativeChangeTests {
  private func direction(_ count: Int, seed: UInt64) -> [Complex<Double>] {
    var stream = RandomStream(seed: seed, purpose: .testing)
    return (0..<count).map { _ in Complex(stream.normal(), stream.normal()) }
  }

  private func relativeSize(_ values: [Complex<Double>], _ changed: [Complex<Double>]) -> Double {
    RelativeChange.norm(zip(values, changed).map { $1 - $0 }) / RelativeChange.norm(values)
  }

  @Test("the norm of the change is exactly the relative size; of size 0 nothing changes", arguments: [1e-4, 1e-2, 0.5])
  func exactSize(size: Double) {
    let values = direction(7, seed: 1)
    let changed = RelativeChange.values(values, by: size, along: direction(7, seed: 2))
    #expect(abs(relativeSize(values, changed) / size - 1) < 1e-11)
    #expect(RelativeChange.values(values, by: 0, along: direction(7, seed: 2)) == values)
    let zeros = [Complex<Double>](repeating: .zero, count: 3)
    #expect(RelativeChange.values(zeros, by: size, along: direction(3, seed: 3)) == zeros, "nothing is relative to zero")
  }

  @Test("poles stay in the left half plane, and the whole change keeps its size", arguments: [1e-3, 1e-2, 0.1, 0.5])
  func poles(size: Double) {
    // Those of S4D-Lin: damping ½, frequencies up to 31π.
    let poles = (0..<32).map { Complex(-0.5, .pi * Double($0)) }
    var stream = RandomStream(seed: 4, purpose: .testing)
    let direction = direction(32, seed: 5)
    let (changed, turned) = RelativeChange.poles(poles, by: size, along: direction, using: &stream)
    #expect(changed.allSatisfy { $0.real < 0 })
    #expect(abs(relativeSize(poles, changed) / size - 1) < 1e-11)
    let plain = RelativeChange.values(poles, by: size, along: direction)
    #expect(turned == plain.count { $0.real >= 0 })
    for (pole, target) in zip(changed, plain) where target.real < 0 { #expect(pole == target) }
    if size >= 0.1 { #expect(turned > 8) }
    if size <= 1e-3 { #expect(turned == 0) }
  }

  @Test("the change of HOPE's transfer function is found at every Δt and stays below √n·‖Δh‖", arguments: [0.001, 0.1, 1, 10])
  func hankel(timestep: Double) throws {
    let markov = direction(16, seed: 6)
    let system = HankelSystem(markovParameters: markov, timestep: timestep)
    let other = HankelSystem(markovParameters: RelativeChange.values(markov, by: 0.01, along: direction(16, seed: 7)), timestep: timestep)
    let change = try TransferChange(from: system, to: other, pointCount: 512)
    // HOPE, Theorem 4: a bound on the whole unit circle, whatever the time step.
    let energy = zip(markov, other.markovParameters).reduce(0) { $0 + ($1.0 - $1.1).lengthSquared }
    #expect(change.change > 0 && change.change <= (Double(markov.count) * energy).squareRoot())
    // What Δt stretches, it does not change: all have the same largest values.
    let plain = try TransferChange(
      from: HankelSystem(markovParameters: markov, timestep: 1),
      to: HankelSystem(markovParameters: other.markovParameters, timestep: 1), pointCount: 512)
    #expect(abs(change.change / plain.change - 1) < 1e-9 && abs(change.norm / plain.norm - 1) < 1e-9)
    #expect(try TransferChange(from: system, to: system, pointCount: 8).relative == 0)
  }

  @Test("one mode: the largest change lies at its angle, which no even grid meets")
  func oneMode() throws {
    let system = DiagonalSystem(poles: [Complex(-0.001, 7)], outputWeights: [1], timestep: 0.1)
    var other = system
    other.outputWeights = [2]
    let change = try TransferChange(from: system, to: other, pointCount: 16)
    #expect(abs(try #require(change.relative) - 1) < 1e-12, "twice the weight is twice the answer")
    #expect(abs(change.norm / (try system.score(pointCount: 4096)) - 1) < 1e-12)
    let silent = DiagonalSystem(poles: [-1], outputWeights: [0], timestep: 0.1)
    #expect(try TransferChange(from: silent, to: silent, pointCount: 16).relative == nil)
  }
}
