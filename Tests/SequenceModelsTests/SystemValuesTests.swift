import Arrays
import ComplexModule
import SequenceModels
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// Stored arrays changed by the numbers that they stand for.
@Suite struct SystemValuesTests {
  private static let systems: [ModelVariant.System] = [
    .diagonal, .tuned(.cyclesPerSample), .dampedFourier(.synchronized, .half, .zeroOrderHold, trainsInputWeights: true), .hankel(.both),
    .hankel(.halfSpectraOfCopy),
  ]

  private func variant(_ system: ModelVariant.System, form: DiagonalLayerSpecification.Form = .full) -> ModelVariant {
    ModelVariant(
      pipeline: .lightning, normalization: .layer, prenorm: true, pooling: .mean, form: form, bidirectional: true, tokens: false,
      system: system)
  }

  /// Changes every array by `size`, each with a lane of its own.
  private func change(_ model: SequenceClassifier, by size: Double, seed: UInt64 = 1) -> (poleCount: Int, turnedCount: Int) {
    model.systemValues.enumerated().reduce((0, 0)) { sum, item in
      var stream = RandomStream(seed: seed, purpose: .perturbation, lane: UInt32(item.offset))
      let counts = item.element.change(by: size, using: &stream)
      return (sum.0 + counts.poleCount, sum.1 + counts.turnedCount)
    }
  }

  private func numbers(_ model: SequenceClassifier) -> [String: [Double]] {
    Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, $0.value.doubles) })
  }

  /// The defining numbers of a system, array by array.
  private func parts(_ system: any LayerSystem) -> [[Complex<Double>]] {
    switch system {
    case let system as DiagonalSystem: [system.poles, system.inputWeights, system.outputWeights]
    case let system as TunedSystem: [system.system.poles, system.system.outputWeights]
    case let system as DampedFourierSystem:
      [[Complex(system.damping)], system.angles.map { Complex($0) }, system.inputWeights, system.outputWeights]
    case let system as HankelSystem: [system.markovParameters]
    default: []
    }
  }

  @Test("each row of λ, B, C, ξ, Ω and h moves by exactly the relative size, as far as Float holds it", arguments: systems.dropLast())
  func exactSizes(system: ModelVariant.System) throws {
    let form: DiagonalLayerSpecification.Form = if case .tuned = system { .tuned } else { .full }
    let model = try variant(system, form: form).model()
    let before = try #require(try model.systems(sequenceLength: ModelVariant.length))
    _ = change(model, by: 0.01)
    let after = try #require(try model.systems(sequenceLength: ModelVariant.length))
    for (first, last) in zip(before, after) {
      #expect(first.system.timestep == last.system.timestep || first.system is DampedFourierSystem)
      for (old, new) in zip(parts(first.system), parts(last.system)) {
        let size = RelativeChange.norm(zip(old, new).map { $1 - $0 }) / RelativeChange.norm(old)
        #expect(abs(size / 0.01 - 1) < 1e-3, "\(first.system)")
      }
    }
  }

  @Test("nothing but the systems changes; size 0 changes nothing; equal streams give equal bits", arguments: systems)
  func onlySystems(system: ModelVariant.System) throws {
    let form: DiagonalLayerSpecification.Form = if case .tuned = system { .tuned } else { .full }
    let model = try variant(system, form: form).model()
    let before = numbers(model)
    #expect(change(model, by: 0) == (0, 0))
    #expect(numbers(model) == before)
    _ = change(model, by: 0.1)
    let after = numbers(model)
    for (name, values) in before {
      let last = name.split(separator: ".").last.map(String.init) ?? ""
      let isSystem = name.contains(".kernel.") && !["inv_dt", "log_dt", "s"].contains(last)
      #expect((after[name] != values) == isSystem, "\(name)")
    }
    let (again, other) = (try variant(system, form: form).model(), try variant(system, form: form).model())
    _ = change(again, by: 0.1)
    _ = change(other, by: 0.1, seed: 2)
    #expect(numbers(again) == after && numbers(other) != after)
  }

  @Test("large changes leave every pole in the left half plane, and say how many took another direction")
  func turnedPoles() throws {
    let model = try variant(.diagonal).model()
    let counts = change(model, by: 0.9)
    // Two layers of two rows of three poles.
    #expect(counts.poleCount == 12 && counts.turnedCount > 0)
    for entry in try #require(try model.systems(sequenceLength: ModelVariant.length)) {
      #expect(try entry.system.systemPoles().allSatisfy { $0.discrete.length < 1 })
    }
  }
}
