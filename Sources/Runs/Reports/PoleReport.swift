import SequenceModels
import Training

/// How training moved the poles of a regressor of waves.
///
/// - Source: the statement of TFB (Yu et al., 2025) that training hardly changes the frequency bias, and the poles that the released script
///   writes in every epoch.
package struct PoleReport: RunReport {
  package func tables(_ run: ReportedRun) -> [ReportTable] {
    guard let initial = run.initial as? any HasPoles, let trained = run.trained as? any HasPoles else { return [] }
    let trajectories = Self.trajectoriesCSV(initial: initial, history: run.history)
    return [ReportTable(PoleColumn.self, Self.csv(initial: initial, trained: trained))]
      + (trajectories.map { [ReportTable(PoleTrajectoryColumn.self, $0)] } ?? [])
  }

  /// Real and imaginary part of each pole, in the order of `poles`.
  package func notes(of model: any SequenceModel) -> (() -> [Float])? {
    guard let model = model as? any HasPoles else { return nil }
    return { Self.notes(of: model) }
  }

  /// The lines of `poles.csv`, header included; channels and modes from 1, poles in radians a second.
  private static func csv(initial: any HasPoles, trained: any HasPoles) -> String {
    var table = RunTable<PoleColumn>()
    for (before, after) in zip(initial.poles, trained.poles) {
      table.append([before.channel + 1, before.mode + 1, before.real, before.imaginary, after.real, after.imaginary])
    }
    return table.text
  }

  private static func notes(of model: any HasPoles) -> [Float] { model.poles.flatMap { [$0.real, $0.imaginary] } }

  /// The lines of `pole-trajectories.csv`, header included: every pole before training, epoch 0, and at the end of each epoch.
  ///
  /// - Parameter history: with the `notes` of each epoch.
  /// - Returns: nil if an epoch has none, because an earlier version of the program trained it.
  private static func trajectoriesCSV(initial: any HasPoles, history: [EpochMetrics]) -> String? {
    let poles = initial.poles
    var table = RunTable<PoleTrajectoryColumn>()
    func append(_ epoch: Int, _ values: [Float]) {
      for (index, pole) in poles.enumerated() {
        table.append([epoch, pole.channel + 1, pole.mode + 1, values[2 * index], values[2 * index + 1]])
      }
    }
    append(0, notes(of: initial))
    for metrics in history {
      guard let values = metrics.notes, values.count == 2 * poles.count else { return nil }
      append(metrics.epoch, values)
    }
    return table.text
  }
}
