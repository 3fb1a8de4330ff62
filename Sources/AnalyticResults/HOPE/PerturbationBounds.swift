import Arrays
import ComplexModule
import Foundation
import LinearAlgebra
import RunSupport
import StateSpace
import SystemAnalysis

/// ‖G − G̃‖∞ after a change of the parameters of relative size ε: random ones, the worst that optimisation finds, and the bounds.
///
/// HOPE: ‖Δh‖₂ = ε·‖h‖₂, bound √n·‖Δh‖₂. S4D: ‖Δa‖₂ = δ = ε·‖a‖₂ on the stored poles without their conjugates, G = Σ cⱼ/(is − aⱼ), bound
/// δ·√Σ(|cⱼ|/(rⱼ(rⱼ − δ)))², rⱼ = |Re aⱼ| > δ. Both searches follow the derivative at one frequency to the end of the ball, then take
/// the frequency where the change is largest.
///
/// - Source: HOPE (Yu et al., 2025), Theorems 2 and 4; S4D's constant and the sizes are ours.
struct PerturbationBounds: AnalyticResult {
  let name = "hope-perturbation"
  let paper = AnalyticPaper.hope
  let title = "HOPE, Theorems 2 and 4: change of G by a change of its parameters"

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var table = table(
      columns: ["system", "relative_size", "random_median", "random_largest", "worst", "bound", "worst_over_bound", "norm"])
    for initialization in [Initialization.hankel, .diagonal(.linear), .diagonal(.legS)] {
      guard let transfer = try Self.transfer(initialization) else { continue }
      for size in [1e-5, 1e-4, 3e-4] {
        let radius = size * RelativeChange.norm(transfer.parameters)
        let draws = (0..<context.sized(32, tiny: 6)).map { Self.random(transfer.parameters.count, radius, seed: $0) }
        let random = orderedMap(draws) { transfer.largest($0).value }
        let starts = Array(draws.prefix(context.sized(8, tiny: 2)))
        let worst = orderedMap(starts) { Self.worst(transfer, start: $0, radius: radius) }.max() ?? .nan
        let bound = transfer.bound(radius)
        table.append(
          initialization.rawValue, size, Quantiles(random).median, random.max() ?? .nan, worst, bound, worst / bound, transfer.norm)
      }
    }
    return [table]
  }

  /// A transfer function of complex parameters on a grid of frequencies.
  private struct Transfer: Sendable {
    enum Kind { case markov, poles(weights: [Complex<Double>]) }
    var kind: Kind
    var parameters: [Complex<Double>]
    var frequencies: [Double]

    var norm: Double { frequencies.map { value(parameters, $0).length }.max() ?? 0 }

    func value(_ parameters: [Complex<Double>], _ frequency: Double) -> Complex<Double> {
      parameters.indices.reduce(.zero) { sum, index in
        switch kind {
        case .markov: sum + parameters[index] * Complex(length: 1, phase: -frequency * Double(index + 1))
        case .poles(let weights): sum + weights[index] / (Complex(0, frequency) - parameters[index])
        }
      }
    }

    func derivative(_ index: Int, _ parameter: Complex<Double>, _ frequency: Double) -> Complex<Double> {
      switch kind {
      case .markov: return Complex(length: 1, phase: -frequency * Double(index + 1))
      case .poles(let weights):
        let distance = Complex(0, frequency) - parameter
        return weights[index] / (distance * distance)
      }
    }

    func change(_ step: [Complex<Double>], _ frequency: Double) -> Complex<Double> {
      value(zip(parameters, step).map(+), frequency) - value(parameters, frequency)
    }

    func largest(_ step: [Complex<Double>]) -> (frequency: Double, value: Double) {
      frequencies.map { ($0, change(step, $0).length) }.max { $0.1 < $1.1 } ?? (0, 0)
    }

    func bound(_ radius: Double) -> Double {
      switch kind {
      case .markov: return Double(parameters.count).squareRoot() * radius
      case .poles(let weights):
        let sum = zip(parameters, weights).reduce(0) { sum, mode in
          let damping = -mode.0.real
          return damping > radius ? sum + pow(mode.1.length / (damping * (damping - radius)), 2) : .nan
        }
        return radius * sum.squareRoot()
      }
    }
  }

  private static func transfer(_ initialization: Initialization) throws -> Transfer? {
    let system = try InitialSystems(initialization).systems()[0].system
    if let system = system as? HankelSystem {
      let frequencies = FrequencyGrid.even(0...2 * .pi, pointCount: 1025)
      return Transfer(kind: .markov, parameters: system.markovParameters, frequencies: frequencies)
    }
    guard let system = system as? DiagonalSystem else { return nil }
    let weights = zip(system.inputWeights, system.outputWeights).map(*)
    let places = system.poles.map(\.imaginary)
    let near = places.flatMap { place in (-4...4).map { place + 0.1 * Double($0) } }
    return Transfer(kind: .poles(weights: weights), parameters: system.poles, frequencies: near.sorted())
  }

  private static func random(_ count: Int, _ radius: Double, seed: Int) -> [Complex<Double>] {
    var stream = RandomStream(seed: UInt64(seed), purpose: .noise)
    return RelativeChange.scaled((0..<count).map { _ in Complex(stream.normal(), stream.normal()) }, to: radius)
  }

  private static func worst(_ transfer: Transfer, start: [Complex<Double>], radius: Double) -> Double {
    var (step, best) = (start, 0.0)
    for _ in 0..<6 {
      let place = transfer.largest(step).frequency
      for _ in 0..<4 {
        let change = transfer.change(step, place)
        let phase = change == .zero ? 1 : change / Complex(change.length)
        let slopes = transfer.parameters.indices.map { index in
          phase * transfer.derivative(index, transfer.parameters[index] + step[index], place).conjugate
        }
        step = RelativeChange.scaled(slopes, to: radius)
      }
      let found = transfer.largest(step).value
      if found <= best * (1 + 1e-9) { break }
      best = found
    }
    return best
  }
}
