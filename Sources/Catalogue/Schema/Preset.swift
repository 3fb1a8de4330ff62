/// How large a run is.
package enum Preset: String, Codable, Sendable, CaseIterable {
  /// Seconds; only proves the path.
  case smoke
  /// Same method, task and metric; at most ten minutes on two cores.
  case reduced
  /// The reported configuration.
  case paper
}
