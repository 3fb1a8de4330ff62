import SequenceModels
import Training

/// How training moved the poles of a regressor of waves.
///
/// - Source: the statement of TFB (Yu et al., 2025) that training hardly changes the frequency bias, and the poles that the released script
///   writes in every epoch.
package enum PoleReport {
  /// The lines of `poles.csv`, header included; channels and modes from 1, poles in radians a second.
  package static func csv(initial: BankModel, trained: BankModel) -> String {
    var lines = [PoleColumn.header]
    for (before, after) in zip(initial.poles, trained.poles) {
      lines.append("\(before.channel + 1),\(before.mode + 1),\(before.real),\(before.imaginary),\(after.real),\(after.imaginary)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a training notes at the end of every epoch: real and imaginary part of each pole, in the order of `poles`.
  package static func notes(of model: BankModel) -> [Float] { model.poles.flatMap { [$0.real, $0.imaginary] } }

  /// The lines of `pole-trajectories.csv`, header included: every pole before training, epoch 0, and at the end of each epoch.
  ///
  /// - Parameter history: with the `notes` of each epoch.
  /// - Returns: nil if an epoch has none, because an earlier version of the program trained it.
  package static func trajectoriesCSV(initial: BankModel, history: [EpochMetrics]) -> String? {
    let poles = initial.poles
    var lines = [PoleTrajectoryColumn.header]
    func append(_ epoch: Int, _ values: [Float]) {
      for (index, pole) in poles.enumerated() {
        lines.append("\(epoch),\(pole.channel + 1),\(pole.mode + 1),\(values[2 * index]),\(values[2 * index + 1])")
      }
    }
    append(0, notes(of: initial))
    for metrics in history {
      guard let values = metrics.notes, values.count == 2 * poles.count else { return nil }
      append(metrics.epoch, values)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
