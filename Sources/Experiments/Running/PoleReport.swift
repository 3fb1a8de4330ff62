import SequenceModels

/// How training moved the poles of a regressor of waves.
///
/// - Source: the statement of TFB (Yu et al., 2025) that training hardly changes the frequency bias.
package enum PoleReport {
  /// The lines of `poles.csv`, header included; channels and modes from 1, poles in radians a second.
  package static func csv(initial: WavesRegressor, trained: WavesRegressor) -> String {
    var lines = ["channel,mode,initial_real,initial_imaginary,trained_real,trained_imaginary"]
    for (before, after) in zip(initial.poles, trained.poles) {
      lines.append("\(before.channel + 1),\(before.mode + 1),\(before.real),\(before.imaginary),\(after.real),\(after.imaginary)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
