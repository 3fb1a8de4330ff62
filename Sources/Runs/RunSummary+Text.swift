import RunSupport
import Vocabulary

extension RunSummary {
  /// `dfout-lra-image-s4d-lin seed 1`: a run in lines for a person.
  package static func name(_ experiment: String, seed: UInt64) -> String { "\(experiment) seed \(seed)" }

  /// The result in one line: `dfout-lra-image-s4d-lin seed 1: test accuracy 38.4 %, chance 14.7 %, 4 s`.
  package var line: String {
    let trivial = metric == .accuracy ? "chance" : "trivial answer"
    let data = (device.map { ["on \($0)"] } ?? []) + (unofficialData ? ["unofficial data"] : [])
    let parts = ["test \(metric.rawValue) \(short(value))", "\(trivial) \(short(chance))", ProgressReporter.duration(wallSeconds)]
    return "\(Self.name(experiment, seed: seed)): \((parts + data).joined(separator: ", "))"
  }

  /// What to tell where the run's weights are measured on another device than they were trained on; nil where there is nothing to tell.
  package func note(measuredOn device: String?) -> String? {
    if device == self.device { return nil }
    let (trained, measured) = (Self.words(device: self.device), Self.words(device: device))
    return "\(Self.name(experiment, seed: seed)): trained on \(trained), measured on \(measured); last digits may differ"
  }

  static func words(device: String?) -> String { device ?? "our own engine" }

  /// A tenth of a percent, or four significant digits.
  private func short(_ value: Double) -> String {
    metric == .accuracy ? "\((1000 * value).rounded() / 10) %" : metric.text(shown: value)
  }
}
