/// How patient a download is.
package struct TransferPolicy: Sendable {
  /// Attempts in a row without a new byte before a source is given up.
  package var attempts = 5
  /// Pause before the second attempt in seconds; doubled for each further one.
  package var firstPause = 1.0
  package var connectSeconds = 30
  /// A transfer slower than `slowBytesPerSecond` for so many seconds is cut and tried again.
  package var slowSeconds = 60
  package var slowBytesPerSecond = 1024

  package init() {}
}
