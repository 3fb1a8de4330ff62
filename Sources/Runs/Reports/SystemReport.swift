import Foundation
import Operations
import RunSupport
import SequenceModels
import StateSpace

/// What the linear systems of a model of blocks were and have become: H∞ scores, Hankel singular values, discrete poles. Forward direction.
///
/// - Source: DFOUT, Figures 5 (right) and 9; HOPE, Figures 2 and 3.
package struct SystemReport {
  /// Points of the grid on which gains are taken, besides the angles of the poles.
  private static let gridPointCount = 512
  /// About how many poles of each layer are written, at equal distances of channels.
  private static let poleCount = 1024

  let initial: [SystemEntry]
  let trained: [SystemEntry]

  /// Nil for models that have no systems to describe.
  ///
  /// - Parameters:
  ///   - sequenceLength: steps of the longest sample.
  ///   - probe: through which the model was trained; what it leaves out is left out here.
  /// - Throws: `StageError` if training has left numbers that stand for no system.
  package init?(initial: any SequenceModel, trained: any SequenceModel, sequenceLength: Int, probe: Probe) throws {
    func systems(_ model: any SequenceModel) throws -> [SystemEntry]? {
      try (model as? any HasSystems)?.systems(sequenceLength: sequenceLength)?
        .filter { probe.usesSystems(ofLayer: $0.layer) && $0.direction == 0 }
        .map { probe.samplingRate == 1 ? $0 : $0.resampled(every: probe.samplingRate) }
    }
    guard let initial = try systems(initial), let trained = try systems(trained) else { return nil }
    (self.initial, self.trained) = (initial, trained)
  }

  /// The lines of `systems.csv`, header included: time step and H∞ score of each channel, layers and channels from 1.
  ///
  /// A score that is not finite is left empty.
  package func systemsCSV() throws -> String {
    let scores = try [initial, trained].map {
      try orderedMap($0, threadCount: Parallel.threadCount) { try $0.system.score(pointCount: Self.gridPointCount) }
    }
    var table = RunTable<SystemColumn>()
    for index in trained.indices {
      let numbers = [initial[index].system.timestep, trained[index].system.timestep, scores[0][index], scores[1][index]]
      table.append([trained[index].layer + 1, trained[index].channel + 1] + numbers.map(Self.text))
    }
    return table.text
  }

  /// The lines of `modes.csv`, header included: discrete poles after training with |C|·|B̄|/(1 − |λ̄|), their H∞ scores; from 1. HOPE's
  /// systems have one pole only and are left out.
  package func modesCSV() throws -> String {
    var table = RunTable<ModeColumn>()
    for layer in Set(trained.map(\.layer)).sorted() {
      let systems = trained.filter { $0.layer == layer }
      let modeCount = try systems[0].system.systemPoles().count { $0.score != nil }
      for entry in Self.spread(systems, modeCount > 0 ? max(1, Self.poleCount / modeCount) : 0) {
        for (mode, pole) in try entry.system.systemPoles().enumerated() where pole.score != nil {
          let numbers = [pole.discrete.real, pole.discrete.imaginary, pole.score ?? .nan]
          table.append([layer + 1, entry.channel + 1, mode + 1] + numbers.map(Self.text))
        }
      }
    }
    return table.text
  }

  /// At most `count` systems at equal distances.
  static func spread<System>(_ systems: [System], _ count: Int) -> [System] {
    guard systems.count > count else { return systems }
    return (0..<count).map { systems[$0 * systems.count / count] }
  }

  /// Six digits; nothing for what is not finite.
  static func text(_ value: Double) -> String { value.isFinite ? String(format: "%.6g", value) : "" }
}
