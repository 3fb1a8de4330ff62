import Arrays
import Datasets
import Documents
import Foundation

/// Some records of a prepared folder for its page: pictures, frames of videos, signals with spectra, or text.
struct RecordSamples {
  private static let perClass = 8
  private static let videoCount = 6
  private static let unsortedCount = 48
  private static let signalCount = 4
  private static let textCount = 4
  private static let shownTokens = 400

  let directory: String
  let data: PreparedDataset

  /// HTML; empty if there is no record.
  func html() throws -> String {
    guard let split = Split.allCases.first(where: { data.count(of: $0) > 0 }) else { return "" }
    switch data.card.inputKind {
    case .tokens: return texts(split)
    case .values:
      if let pictures = try RecordPictures(directory, card: data.card) { return try sheet(pictures, split) }
      return signals(split)
    }
  }

  private func sheet(_ pictures: RecordPictures, _ split: Split) throws -> String {
    let list = try NumPyFile.read((directory as NSString).appendingPathComponent("split-\(split.rawValue).npy")).values(as: Int32.self)
    let (records, columns, caption) = try chosen(list.map(Int.init), pictures)
    guard let image = pictures.sheet(records, columns: columns).image else { return "" }
    let width = min(880, image.width * max(1, 440 / image.width))
    return "<p class=\"soft\">\(HTMLText.escape("\(split.rawValue): \(caption)"))</p>\n"
      + HTMLText.image(try PNGFile.encode(image), width: width, about: caption)
  }

  /// Which records, how many of them in a row, and what the rows are.
  private func chosen(_ list: [Int], _ pictures: RecordPictures) throws -> ([Int], Int, String) {
    if pictures.frameCount > 1 {
      let shown = min(Self.perClass, pictures.frameCount)
      return (Array(list.prefix(Self.videoCount)), Self.perClass, "a video in each row, \(shown) of its \(pictures.frameCount) frames")
    }
    let classCount = data.card.classCount
    guard (2...20).contains(classCount) else { return (Array(list.prefix(Self.unsortedCount)), Self.perClass, "the first records") }
    let labels = try NumPyFile.read((directory as NSString).appendingPathComponent("labels.npy")).values(as: Int32.self)
    let columns = classCount < 5 ? 2 * Self.perClass : Self.perClass
    let rows = (0..<classCount).map { label in Array(list.lazy.filter { Int(labels[$0]) == label }.prefix(columns)) }
    // A sheet has no gaps, so rows are cut to the shortest.
    let shortest = rows.filter { !$0.isEmpty }.map(\.count).min() ?? 0
    return (rows.flatMap { $0.prefix(shortest) }, max(1, shortest), "a class in each row, from 0")
  }

  private func signals(_ split: Split) -> String {
    (0..<min(Self.signalCount, data.count(of: split))).flatMap { position -> [String] in
      let batch = data.batch([position], of: split)
      guard case .values(let tensor) = batch.input else { return [] }
      let (channels, length) = (tensor.shape[1], tensor.shape[2])
      let values = tensor.values().map(Double.init)
      return (0..<min(channels, 3)).map { channel in
        let signal = Array(values[channel * length..<(channel + 1) * length])
        let name = "\(target(of: batch))\(channels > 1 ? ", channel \(channel)" : "")"
        return "<div style=\"display:flex;gap:20px;flex-wrap:wrap\">\(LinePlot(title: "\(name), normalised", values: signal).svg)"
          + "\(LinePlot.spectrum(signal, title: "its spectrum in dB, up to half the sampling rate").svg)</div>"
      }
    }.joined(separator: "\n")
  }

  private func texts(_ split: Split) -> String {
    (0..<min(Self.textCount, data.count(of: split))).map { position in
      let batch = data.batch([position], of: split)
      guard case .tokens(let tokens, let rows, let length) = batch.input else { return "" }
      let documents = (0..<rows).map { row in
        let used = batch.lengths?[row] ?? length
        let words = tokens[row * length..<row * length + used].prefix(Self.shownTokens).map { data.card.vocabulary[Int($0)] }
        let text = words.joined(separator: isCharacterLevel ? "" : " ") + (used > Self.shownTokens ? " …" : "")
        return "<p class=\"soft\">\(target(of: batch)), \(used) tokens</p>\n<pre>\(HTMLText.escape(text))</pre>"
      }
      return documents.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func target(of batch: Batch) -> String {
    if let label = batch.labels.first { return "class \(label)" }
    return batch.targets.first.map { String(format: "target %.4g", $0) } ?? "record"
  }

  /// Whether words are single characters, specials aside.
  private var isCharacterLevel: Bool {
    data.card.vocabulary.dropFirst(Vocabulary.specials.count).allSatisfy { $0.count <= 1 }
  }
}
