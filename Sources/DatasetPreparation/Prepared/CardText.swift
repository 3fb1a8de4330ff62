import Datasets
import Foundation
import RunSupport

/// A prepared folder in words, for the `describe` commands.
package enum CardText {
  /// - Throws: `StageError` as of opening the folder.
  package static func describe(_ directory: String) throws -> String {
    let data = try PreparedDataset(directory: directory)
    let card = data.card
    var lines = ["\(card.family) \(card.variant)\(status(card))"]
    switch card.inputKind {
    case .values: lines.append("input      \(card.sequenceLength) steps of \(card.channelCount) channel(s)")
    case .tokens: lines.append("input      tokens, at most \(card.sequenceLength) steps; \(card.vocabulary.count) words")
    }
    if !card.vocabulary.isEmpty { lines.append("words      " + card.vocabulary.joined(separator: " ")) }
    if let rule = card.normalization {
      lines.append("values     (x·\(short([rule.scale])) − mean) / deviation")
      lines.append("           mean \(short(rule.mean)), deviation \(short(rule.deviation))")
    }
    for split in Split.allCases {
      let counts = card.splits[split.rawValue] ?? .init(count: 0, perClass: [])
      let rate = String(format: "%.2f", 100 * data.majorityRate(of: split))
      lines.append("\(split.rawValue.padding(toLength: 11, withPad: " ", startingAt: 0))\(counts.count) samples, largest class \(rate) %")
      lines.append("           per class \(counts.perClass.map(String.init).joined(separator: " "))")
    }
    if let generator = card.generator {
      let parameters = generator.parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      lines.append("generator  \(generator.name): \(parameters)")
    }
    lines += card.sources.map { "source     \($0.name), \($0.bytes) bytes, sha256 \($0.sha256)\($0.official ? "" : ", not official")" }
    lines += card.notes.map { "note       \($0)" }
    return lines.joined(separator: "\n")
  }

  private static func short(_ values: [Double]) -> String { values.map { String(format: "%.6g", $0) }.joined(separator: " ") }

  private static func status(_ card: DatasetCard) -> String {
    card.standIn ? " (STAND-IN, for loader tests only)" : card.unofficial ? " (unofficial data)" : ""
  }
}
