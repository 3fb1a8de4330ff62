import ComplexModule
import Foundation
import RunSupport
import StateSpace
import SystemAnalysis
import TestSupport
import Testing
import Vocabulary

/// The explorer's own arithmetic, report/1-systems.js, against the theory's.
@Suite(.temporaryFolder) struct ExplorerTests {
  private struct Setting: Codable {
    var method: String
    var alpha = 1.0
    var beta = 0.0
    var delta = 0.05
    var xi = 0.02
    var n = 16
  }

  /// What the page computes; complex numbers are pairs.
  private struct Found: Decodable {
    let weights: [[Double]]
    let poles: [[Double]]
    let firstLag: Int
    let kernel: [Double]
    let response: [[Double]]
    let hankel: [Double]
  }

  private static let (length, pointCount) = (64, 33)

  private static let settings: [Setting] = ["s4d-lin", "s4d-inv", "s4d-legs", "tfb-lra", "hope", "dfout"].flatMap { method in
    [
      Setting(method: method), Setting(method: method, alpha: 0.1, beta: -1.5, delta: 0.001, xi: 0.0005, n: 2),
      Setting(method: method, alpha: 30, beta: 2, delta: 0.6, xi: 0.9, n: 34),
      Setting(method: method, beta: 0.5, delta: 1, xi: 1e-4, n: 64),
    ]
  }

  @Test("poles, kernel, frequency response and Hankel spectrum are those of StateSpace", .enabled(if: JavaScript.engine != nil))
  func numbers() throws {
    let script = """
      \(try String(contentsOfFile: "\(Fixtures.repository)/report/1-systems.js", encoding: .utf8))
      const settings = \(String(decoding: try JSONEncoder().encode(Self.settings), as: UTF8.self));
      const answer = JSON.stringify(settings.map(s => {
        const weights = Array.from({ length: Systems.weightCount(s.method, s.n) }, (_, i) => [Math.cos(3 * i * i + 1), Math.sin(5 * i)]);
        const system = Systems.build(s.method, s, weights, \(Self.length), \(Self.pointCount));
        return { ...system, weights, poles: system.poles.map(p => p.pole), hankel: system.hankel() };
      }));
      """
    let found = try JSONDecoder().decode([Found].self, from: try JavaScript.answer(of: script, folder: folder))
    try #require(found.count == Self.settings.count)
    for (setting, found) in zip(Self.settings, found) { try compare(found, setting) }
  }

  private func compare(_ found: Found, _ setting: Setting) throws {
    let system = try system(setting, weights: found.weights.map(complex))
    let name = "\(setting)"
    let poles = try system.systemPoles().map(\.discrete)
    #expect(distance(found.poles.map(complex), poles) < 1e-12, "\(name)")
    let kernel = try system.impulseResponse(length: Self.length)
    #expect(found.firstLag == kernel.firstLag, "\(name)")
    #expect(maxRelative(found.kernel, kernel.values) < 1e-10, "\(name)")
    let angles = FrequencyGrid.even(0...Double.pi, pointCount: Self.pointCount)
    #expect(distance(found.response.map(complex), try system.transferFunction(at: angles, .discrete)) < 1e-9, "\(name)")
    let hankel = try system.hankelSingularValues(.discrete)
    #expect(maxRelative(found.hankel, hankel) < 1e-9, "\(name)")
    // What the drawing shows goes down to 1e-12 of the largest.
    for (value, expected) in zip(found.hankel, hankel) where expected > 1e-12 * hankel[0] {
      #expect(abs(value - expected) < 1e-3 * expected, "\(name): \(value) for \(expected)")
    }
  }

  private func system(_ setting: Setting, weights: [Complex<Double>]) throws -> any LayerSystem {
    var initial = InitialSystems(try #require(Initialization(rawValue: setting.method)))
    initial.stateSize = setting.n
    initial.outputWeights = .ones
    let step = setting.method == "dfout" ? setting.xi : setting.delta
    initial.timesteps = step...step
    if setting.method == "tfb-lra" { (initial.frequencyScale, initial.sobolevExponent) = (setting.alpha, setting.beta) }
    switch try initial.systems()[0].system {
    case var system as DiagonalSystem:
      system.outputWeights = weights
      return system
    case var system as TunedSystem:
      system.system.outputWeights = weights
      return system
    case var system as DampedFourierSystem:
      system.outputWeights = weights
      return system
    case var system as HankelSystem:
      system.markovParameters = weights
      return system
    default: throw StageError(.internalBug, "another system", where: setting.method, why: "-", fix: "-")
    }
  }

  private func complex(_ pair: [Double]) -> Complex<Double> { Complex(pair[0], pair[1]) }

  /// The largest difference over the largest value.
  private func distance(_ values: [Complex<Double>], _ reference: [Complex<Double>]) -> Double {
    guard values.count == reference.count else { return .infinity }
    let size = reference.map(\.length).max() ?? 0
    return (zip(values, reference).map { ($0 - $1).length }.max() ?? 0) / max(size, 1e-300)
  }
}
