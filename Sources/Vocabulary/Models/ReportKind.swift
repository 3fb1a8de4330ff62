/// A table, or a few, that a run writes beside its metrics.
package enum ReportKind: Sendable, Equatable {
  /// How training changed the mean magnitude of kernels.
  case kernels
  /// Signed kernels of single channels, of which the first lags are written.
  case responses(lagCount: Int)
  /// What the linear systems of each layer were and have become.
  case systems
  /// How training moved the poles of a bank.
  case poles
  /// What the model makes of a picture.
  case pictures
  /// How frames of videos are predicted.
  case videos
}
