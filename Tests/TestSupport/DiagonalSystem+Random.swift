import Arrays
import ComplexModule
import StateSpace
import Vocabulary

extension DiagonalSystem {
  /// Poles like those of trained layers: damping around ½, frequencies up to πN, timestep log-uniform on [0.001, 0.1].
  package static func random(modeCount: Int, seed: UInt64, discretization: Discretization = .zeroOrderHold) -> DiagonalSystem {
    var stream = RandomStream(seed: seed, purpose: .testing)
    let poles = (0..<modeCount).map { _ in
      Complex(-Double.exp(stream.uniform(-2..<1)), -.pi * stream.uniform(0..<Double(2 * modeCount)))
    }
    let inputWeights = (0..<modeCount).map { _ in Complex(stream.normal(), stream.normal()) }
    let outputWeights = (0..<modeCount).map { _ in Complex(stream.normal(), stream.normal()) }
    let timestep = Double.exp(stream.uniform(Double.log(0.001)..<Double.log(0.1)))
    return DiagonalSystem(
      poles: poles, inputWeights: inputWeights, outputWeights: outputWeights, timestep: timestep, discretization: discretization)
  }
}
