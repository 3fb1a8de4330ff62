/// What became of an attacked call.
enum Verdict: Equatable, Sendable {
  /// It did not happen: the process ended before.
  case missed
  /// It ended well although it was attacked.
  case unharmed
  /// It said that it failed, or was killed, and the same command again mended all.
  case healed
  /// Something was lost in silence, crashed, hung or could not be mended.
  case failed(String)
}
