import Catalogue
import Documents
import Foundation
import RunSupport

/// The rules that claims had when the analytic tables of a folder were computed: `claim-rules.sha256`, a hash and a claim a line.
package struct AnalyticRules {
  package static let fileName = "claim-rules.sha256"
  private let hashes: [String: String]

  /// Of no claim without the file.
  ///
  /// - Throws: `StageError` (`inputOutput`) if the system does not give it.
  package init(inFolder folder: String) throws {
    let path = "\(folder)/\(Self.fileName)"
    guard FileManager.default.fileExists(atPath: path) else {
      hashes = [:]
      return
    }
    let text = String(decoding: try InputFile.data(path, fix: "run make reproduce-analytic"), as: UTF8.self)
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    hashes = Dictionary(lines.filter { $0.count == 2 }.map { ($0[1], $0[0]) }) { first, _ in first }
  }

  /// SHA-256 of the rule of a claim; nil if there was none.
  package subscript(claim: String) -> String? { hashes[claim] }

  /// Writes those of the claims that are.
  ///
  /// - Throws: `StageError` (`inputOutput`).
  package static func write(_ claims: [Claim], to folder: String) throws {
    let lines = claims.compactMap { claim in claim.rule.map { "\($0.sha256)  \(claim.id)\n" } }
    try AtomicFile.writeIfChanged(lines.joined(), to: "\(folder)/\(fileName)")
  }
}
