/// How patient a download is, and where it may lead.
package struct TransferPolicy: Sendable {
  /// Attempts in a row without progress before a source is given up.
  package var attempts = 5
  /// Pause before the second attempt in seconds; doubled for each further one.
  package var firstPause = 1.0
  package var connectSeconds = 30
  /// A transfer slower than `slowBytesPerSecond` for so many seconds is cut and tried again.
  package var slowSeconds = 60
  package var slowBytesPerSecond = 1024

  package init() {}

  /// Bytes that count as progress of an attempt: a server that drips slower is given up like one that is silent.
  var progressBytes: Int { slowSeconds * slowBytesPerSecond }

  /// Kinds of addresses that `data/sources.yaml` may name.
  static let schemes = ["https", "http", "file"]

  /// Kinds of addresses that a redirect from `url` may lead to: never to another protocol, nor from an encrypted one to a plain one.
  package static func redirectSchemes(from url: String) -> [String] { url.lowercased().hasPrefix("http:") ? ["https", "http"] : ["https"] }
}
