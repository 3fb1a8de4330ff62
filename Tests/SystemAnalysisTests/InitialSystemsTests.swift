import ComplexModule
import Foundation
import RunSupport
import StateSpace
import SystemAnalysis
import TestSupport
import Testing
import Vocabulary

@Suite struct InitialSystemsTests {
  private func systems(_ initialization: Initialization, stateSize: Int = 8, width: Int = 2, timestep: Double = 0.2) -> InitialSystems {
    var systems = InitialSystems(initialization)
    systems.stateSize = stateSize
    systems.width = width
    systems.timesteps = timestep...timestep
    systems.seed = 5
    return systems
  }

  /// Σ K[k]·exp(−ikθ) over a kernel long enough.
  private func transform(_ response: ImpulseResponse, at angle: Double) -> Complex<Double> {
    response.values.enumerated().reduce(.zero) { sum, value in
      sum + Complex(length: value.element, phase: -angle * Double(response.firstLag + value.offset))
    }
  }

  /// The denoiser's first mode decays with exp(−5), too slowly for a kernel of this length.
  @Test("the transfer function is the transform of the kernel", arguments: Initialization.allCases.filter { $0 != .tunedDenoising })
  func transferFunction(initialization: Initialization) throws {
    // 1024 steps: with damping ½ and Δ = 0.2, 100 time constants. S4D-FouT has damping 1e-4 and needs Δ = 1000 for as many.
    for entry in try systems(initialization, timestep: initialization == .diagonal(.fourier) ? 1000 : 0.2).systems() {
      let angles = [0, 1, 5].map { 2 * .pi * Double($0) / 1024 }
      let response = try entry.system.impulseResponse(length: 1024)
      let expected = angles.map { transform(response, at: $0) }
      #expect(maxRelative(pairs(try entry.system.transferFunction(at: angles, .discrete)), pairs(expected)) < 1e-9, "\(initialization)")
    }
  }

  @Test("scores, poles and Hankel singular values agree with each other", arguments: Initialization.allCases)
  func scores(initialization: Initialization) throws {
    for entry in try systems(initialization).systems() {
      let poles = try entry.system.systemPoles()
      #expect(poles.allSatisfy { $0.discrete.length < 1 })
      let score = try entry.system.score(pointCount: 4097)
      let values = try entry.system.hankelSingularValues(.discrete)
      // σ₁ ≤ ‖G‖∞ ≤ 2·Σσ; HOPE's values also count the imaginary parts of h. The grid misses little of a peak.
      if initialization != .hankel { #expect(values[0] <= score * (1 + 1e-3), "\(initialization)") }
      // Systems delayed by no step add their first coefficient |K[0]|, at most σ₁-sized sums; 4·Σσ covers both.
      #expect(score <= 4 * values.reduce(0, +), "\(initialization)")
    }
  }

  @Test(
    "more channels change no earlier one",
    arguments: Initialization.allCases.filter { ![.dampedFourier(.synchronized), .dampedFourier(.batched)].contains($0) })
  func channelsAreIndependent(initialization: Initialization) throws {
    let (few, many) = (systems(initialization, width: 1), systems(initialization, width: 3))
    let kernels = try [few, many].map { try $0.systems()[0].system.impulseResponse(length: 6).values }
    #expect(kernels[0] == kernels[1])
    var other = few
    other.seed = 6
    if initialization != .dampedFourier(.token) {
      #expect(try other.systems()[0].system.impulseResponse(length: 6).values != kernels[0])
    }
  }

  @Test func dampedFourierAngles() throws {
    func angles(_ initialization: Initialization, _ plane: FourierPlane) throws -> [[Double]] {
      var systems = systems(initialization, stateSize: 6, width: 3)
      systems.plane = plane
      return try systems.systems().map { ($0.system as? DampedFourierSystem)?.angles ?? [] }
    }
    #expect(try angles(.dampedFourier(.synchronized), .half) == FourierAngles.halfLayer(stateSize: 6, width: 3))
    #expect(try angles(.dampedFourier(.synchronized), .full) == FourierAngles.layer(modeCount: 6, width: 3))
    #expect(try angles(.dampedFourier(.single), .full) == .init(repeating: FourierAngles.single(modeCount: 6), count: 3))
    #expect(try angles(.dampedFourier(.batched), .full) == FourierAngles.batched(modeCount: 6, width: 3))
    #expect(try angles(.dampedFourier(.token), .half)[2] == FourierAngles.token(modeCount: 3))
    #expect(try angles(.dampedFourier(.batched), .half).flatMap { $0 }.allSatisfy { $0 < .pi })
  }

  @Test("S4D-LegS is the physical system, with input weights that no model clips")
  func physicalInputWeights() throws {
    let system = try #require(try systems(.diagonal(.legS), stateSize: 64).systems()[0].system as? DiagonalSystem)
    #expect(system.inputWeights.count { $0.length > 2 } == 11)
  }

  @Test("timesteps are log-uniform in their range") func timesteps() throws {
    var systems = systems(.diagonal(.linear), stateSize: 2, width: 400)
    systems.timesteps = 0.001...0.1
    let steps = try systems.systems().map(\.system.timestep)
    #expect(steps.allSatisfy { (0.001...0.1).contains($0) })
    // Half of them below the geometric mean; 3 standard errors of 400 draws are 0.075.
    #expect(abs(Double(steps.count { $0 < 0.01 }) / 400 - 0.5) < 0.075)
  }

  @Test(
    "every second sample: poles squared, Δ doubled",
    arguments: [Initialization.diagonal(.linear), .tunedLongRangeArena, .dampedFourier(.synchronized), .denseLegS])
  func resampling(initialization: Initialization) throws {
    let entry = try systems(initialization).systems()[0]
    let slow = entry.resampled(every: 2).system
    #expect(slow.timestep == 2 * entry.system.timestep)
    let squares = try entry.system.systemPoles().map { $0.discrete * $0.discrete }
    #expect(maxRelative(pairs(try slow.systemPoles().map(\.discrete)), pairs(squares)) < 1e-13)
  }

  @Test("impossible sizes are refused")
  func impossibleSizes() {
    var undamped = systems(.diagonal(.linear))
    undamped.timesteps = 0...1
    var nowhere = systems(.tunedWaves)
    nowhere.frequencyScale = .nan
    let refused = [
      systems(.diagonal(.linear), stateSize: 7), systems(.dampedFourier(.synchronized), stateSize: 7), systems(.hankel, stateSize: 0),
      systems(.hankel, width: 0),
      systems(.denseLegS, stateSize: 100_000), systems(.denseFourier, stateSize: 1), undamped, nowhere,
    ]
    for systems in refused {
      #expect { try systems.systems() } throws: { ($0 as? StageError)?.code == .badConfiguration }
    }
    #expect(throws: Never.self) { try systems(.tunedWaves, stateSize: 1).systems() }
  }
}
