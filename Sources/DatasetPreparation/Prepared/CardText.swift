import Datasets
import Foundation

/// A prepared folder in words, for the `describe` commands.
package enum CardText {
  /// - Throws: `StageError` as of opening the folder.
  package static func describe(_ directory: String) throws -> String {
    let data = try PreparedDataset(directory: directory)
    let card = data.card
    var lines = ["\(card.family) \(card.variant)\(status(card))"]
    switch card.inputKind {
    case .values:
      lines.append("input      \(card.sequenceLength) steps of \(card.channelCount) channel\(card.channelCount == 1 ? "" : "s")")
      if let count = card.noiseStepCount {
        lines.append("           the last \(count) steps are noise, in training drawn anew at every visit, in evaluation always the same")
      }
      if let rate = card.samplingRate { lines.append("           one step for \(rate) of the original signal") }
    case .tokens:
      let documents = card.documentCount.map { "\($0) documents a record, each " } ?? ""
      lines.append("input      tokens, \(documents)at most \(card.sequenceLength) steps; \(card.vocabulary.count) words")
    }
    if !card.vocabulary.isEmpty { lines.append("words      " + card.vocabulary.map(visible).joined(separator: " ")) }
    if let rule = card.normalization {
      lines.append("values     (x·\(short([rule.scale])) − mean) / deviation")
      lines.append(
        rule.isPerStep == true
          ? "           mean and deviation of each step: step-mean.npy, step-deviation.npy"
          : "           mean \(short(rule.mean)), deviation \(short(rule.deviation))")
    }
    for split in Split.allCases {
      let counts = card.splits[split.rawValue] ?? .init(count: 0, perClass: [])
      let name = split.rawValue.padding(toLength: 11, withPad: " ", startingAt: 0)
      if card.targetKind == .real {
        lines.append("\(name)\(counts.count) samples, targets \(summary(of: data.realTargets(of: split)))")
      } else if card.classCount <= 1 {
        lines.append("\(name)\(counts.count) samples without classes")
      } else {
        let rate = String(format: "%.2f", 100 * data.majorityRate(of: split))
        lines.append("\(name)\(counts.count) samples, largest class \(rate) %")
        lines.append("           per class \(counts.perClass.map(String.init).joined(separator: " "))")
      }
    }
    if let generator = card.generator {
      let parameters = generator.parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      lines.append("generator  \(generator.name): \(parameters)")
    }
    lines += card.sources.map { "source     \($0.name), \($0.bytes) bytes, sha256 \($0.sha256)\($0.official ? "" : ", not official")" }
    lines += card.notes.map { "note       \($0)" }
    return lines.joined(separator: "\n")
  }

  /// Mean, deviation and range of real targets.
  private static func summary(of targets: [Float]) -> String {
    guard let least = targets.min(), let largest = targets.max() else { return "none" }
    let values = targets.map(Double.init)
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return String(format: "mean %.6g, deviation %.6g, from %.6g to %.6g", mean, variance.squareRoot(), least, largest)
  }

  /// Blanks, controls and other characters that a terminal would not show, by code point.
  static func visible(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      !$0.properties.isWhitespace && $0.properties.generalCategory != .control && !$0.properties.isDefaultIgnorableCodePoint
    }
    return isPlain ? word : word.unicodeScalars.map { String(format: "U+%04X", $0.value) }.joined(separator: "+")
  }

  private static func short(_ values: [Double]) -> String { values.map { String(format: "%.6g", $0) }.joined(separator: " ") }

  private static func status(_ card: DatasetCard) -> String {
    card.standIn ? " (STAND-IN, for loader tests only)" : card.unofficial ? " (unofficial data)" : ""
  }
}
