/// What is made of one-second sounds at 16 kHz.
package enum SpeechVariant: String, Sendable, CaseIterable {
  /// All 16,000 samples, one mean and deviation.
  case full = "16khz"
  /// Every second sample of `full`, without a filter, with its mean and deviation: what a model trained on `full` is tested on.
  case half = "8khz"
  /// All 16,000 samples, normalised as the S4 reference's loader really does: a mean and a deviation at each step.
  case fullReleased = "16khz-released"
  /// Every second step of `fullReleased`.
  case halfReleased = "8khz-released"

  /// Samples at 16 kHz for one step.
  package var samplingRate: Int { self == .half || self == .halfReleased ? 2 : 1 }

  package var length: Int { SpeechCommands.length / samplingRate }

  var isPerStep: Bool { self == .fullReleased || self == .halfReleased }

  /// The steps that this variant keeps of a record at 16 kHz.
  func kept<Value>(_ values: [Value]) -> [Value] {
    samplingRate == 1 ? values : stride(from: 0, to: values.count, by: samplingRate).map { values[$0] }
  }

  var notes: [String] {
    let slice =
      samplingRate == 1 ? [] : ["every second sample of the 16 kHz sound, no filter; normalised with the statistics of all samples"]
    let statistics =
      isPerStep
      ? "mean and deviation of the training records at each step, 1e-5 added to the deviation, as in the released code"
      : "one mean and one deviation of all samples of the training records, padding included"
    return slice + [statistics]
  }
}
