import ComplexModule
import RunSupport
import StateSpace
import TestSupport
import Testing

/// Details of systems seen through the one protocol.
@Suite struct LayerSystemTests {
  @Test func frequencyGrids() {
    #expect(FrequencyGrid.even(1...3, pointCount: 5) == [1, 1.5, 2, 2.5, 3])
    let grid = FrequencyGrid.logarithmic(1...1000, pointCount: 4)
    #expect(maxRelative(grid, [1, 10, 100, 1000]) < 1e-15)
    #expect(grid.first == 1 && grid.last == 1000)
  }

  @Test("Lemma 1 through poles: only the zero-order hold folds") func aliasing() {
    var system = DiagonalSystem(poles: [Complex(-0.5, -31), Complex(-0.5, 32)], outputWeights: [1, 1], timestep: 0.1)
    #expect(system.systemPoles().map(\.isAliased) == [false, true])
    #expect(system.systemPoles().map(\.angle) == [-3.1, 3.2])
    system.discretization = .bilinear
    #expect(system.systemPoles().map(\.isAliased) == [false, false])
    let fast = DampedFourierSystem(damping: 0.1, angles: [2], outputWeights: [1])
    #expect(!fast.systemPoles()[0].isAliased && fast.resampled(every: 2).systemPoles()[0].isAliased)
  }

  @Test("the score of a filtered system is a point of its transfer function") func filteredScore() throws {
    let plain = DiagonalSystem(poles: [Complex(-0.01, 10)], outputWeights: [1], timestep: 0.1)
    let tuned = TunedSystem(system: plain, exponent: 2, weighting: .binsOver10000, pointCount: 20_000 * .pi)
    // Both peak at the angle of the pole, 1 rad a step, where the filter is (1 + 1)².
    #expect(abs(try tuned.score(pointCount: 65) / (4 * plain.score(pointCount: 65)) - 1) < 1e-12)
    #expect(tuned.impulseResponse(length: 4).firstLag == -4)
    #expect(TunedSystem(system: plain, exponent: 0).impulseResponse(length: 4).firstLag == 0)
  }

  @Test("without damping the score is infinite") func undamped() throws {
    let system = DampedFourierSystem(damping: 0, angles: [1], outputWeights: [1], inputFactor: .unit)
    #expect(try system.score(pointCount: 5) == .infinity)
    #expect(system.systemPoles()[0].continuous == nil)
    #expect(throws: StageError.self) { try system.hankelSingularValues(.discrete) }
  }

  @Test("systems in steps have no continuous form") func noContinuousForm() {
    let systems: [any LayerSystem] = [
      HankelSystem(markovParameters: [1], timestep: 1), DampedFourierSystem(damping: 1, angles: [1], outputWeights: [1]),
    ]
    let unmirrored = TunedSystem(
      system: DiagonalSystem(poles: [-1], outputWeights: [1], timestep: 1), exponent: 1, weighting: .binsOver10000Unmirrored,
      pointCount: 9)
    #expect(throws: StageError.self) { try unmirrored.transferFunction(at: [0], .continuous) }
    for system in systems {
      #expect { try system.transferFunction(at: [0], .continuous) } throws: { ($0 as? StageError)?.code == .badConfiguration }
      #expect { try system.hankelSingularValues(.continuous) } throws: { ($0 as? StageError)?.code == .badConfiguration }
    }
  }
}
