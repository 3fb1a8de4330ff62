import Datasets
import Documents
import Foundation

/// The web page of one prepared folder: what it holds, where it comes from, and how it looks.
struct DatasetPage {
  let directory: String
  let data: PreparedDataset
  /// The entry in the list of sources, if the family has raw files.
  let source: RawSource?
  private var card: DatasetCard { data.card }

  init(directory: String, source: RawSource?) throws {
    self.directory = directory
    self.source = source
    data = try PreparedDataset(directory: directory)
  }

  var title: String { "\(card.family) · \(card.variant)" }

  func html() throws -> String {
    let samples = try RecordSamples(directory: directory, data: data).html()
    let body = [
      "<p class=\"soft\"><a href=\"index.html\">All datasets</a></p>\n<h1>\(HTMLText.escape(title))</h1>\n<p>\(badges)</p>\n",
      HTMLText.section("Samples", samples), HTMLText.section("Splits", splits), HTMLText.section("Input", input),
      HTMLText.section("Origin", origin), HTMLText.section("Remarks", notes), HTMLText.section("Files", files),
    ]
    return HTMLText.page(title: title, body: body.joined())
  }

  var badges: String {
    var badges: [(text: String, kind: String)] = []
    if card.standIn { badges.append(("stand-in: loader tests only", "danger")) }
    if card.unofficial { badges.append(("unofficial data", "warning")) }
    if card.generator != nil { badges.append(("generated", "")) }
    if !card.unofficial && !card.standIn && card.generator == nil { badges.append(("official data", "")) }
    return badges.map { "<span class=\"badge \($0.kind)\">\($0.text)</span>" }.joined()
  }

  /// Records of all splits.
  var recordCount: Int { Split.allCases.reduce(0) { $0 + data.count(of: $1) } }

  private var splits: String {
    let rows = Split.allCases.map { split in
      let rate = card.classCount > 1 ? String(format: "%.2f %%", 100 * data.majorityRate(of: split)) : "–"
      return [split.rawValue, "\(data.count(of: split))", rate]
    }
    return HTMLText.table(["Split", "Records", "Largest class"], rows, numeric: [1, 2]) + "\n" + balance
  }

  /// Bars per class, or a histogram of real targets.
  private var balance: String {
    if card.targetKind == .real {
      let groups = Split.allCases.map { BarChart.Series(name: $0.rawValue, values: data.realTargets(of: $0).map(Double.init)) }
      return BarChart.histogram(groups, unit: "records by target")?.svg ?? ""
    }
    guard card.classCount > 1 else { return "" }
    let series = Split.allCases.map { split in
      BarChart.Series(name: split.rawValue, values: (card.splits[split.rawValue]?.perClass ?? []).map(Double.init))
    }
    return BarChart(series: series, labels: (0..<card.classCount).map(String.init), unit: "records per class").svg
  }

  private var input: String {
    var rows: [[String]] = []
    switch card.inputKind {
    case .values:
      rows.append(["Shape", "\(card.sequenceLength) steps of \(card.channelCount) channel\(card.channelCount == 1 ? "" : "s")"])
    case .tokens: rows.append(["Shape", "at most \(card.sequenceLength) tokens of \(card.vocabulary.count) words"])
    }
    if let picture = card.picture {
      let frames = picture.frames > 1 ? "\(picture.frames) frames of " : ""
      rows.append(["Steps are the pixels of", "\(frames)\(picture.height) rows and \(picture.width) columns"])
    }
    if let rule = card.normalization {
      let means = rule.mean.map { String(format: "%.6g", $0) }.joined(separator: ", ")
      let deviations = rule.deviation.map { String(format: "%.6g", $0) }.joined(separator: ", ")
      rows.append(["Normalised", String(format: "(x·%.6g − mean) / deviation", rule.scale)])
      rows.append(["Mean and deviation", rule.mean.isEmpty ? "of each step, in files of their own" : "\(means); \(deviations)"])
    }
    if !card.vocabulary.isEmpty { rows.append(["Words", card.vocabulary.map(CardText.visible).joined(separator: " ")]) }
    return HTMLText.pairs(rows) + "\n" + lengths
  }

  /// Lengths of the first sequences of the training split.
  private var lengths: String {
    guard card.inputKind == .tokens else { return "" }
    var lengths: [Double] = []
    let count = min(2000, data.count(of: .train))
    for first in stride(from: 0, to: count, by: 100) {
      let batch = data.batch(Array(first..<min(first + 100, count)), of: .train)
      guard case .tokens(_, let rows, let length) = batch.input else { continue }
      lengths += (batch.lengths ?? [Int](repeating: length, count: rows)).map(Double.init)
    }
    return BarChart.histogram([.init(name: "train", values: lengths)], unit: "records by tokens")?.svg ?? ""
  }

  private var origin: String {
    var parts: [String] = []
    if let source, !card.sources.isEmpty {
      let home = HTMLText.escape(source.home)
      parts.append("<p>\(HTMLText.escape(source.title)), <a href=\"\(home)\">\(home)</a></p>")
      parts.append("<p>Licence: \(HTMLText.escape(source.licence))</p>")
    }
    if let generator = card.generator {
      let parameters = generator.parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      parts.append("<p>Generator: \(HTMLText.escape("\(generator.name): \(parameters)"))</p>")
    }
    if !card.sources.isEmpty {
      let rows = card.sources.map { [$0.name, "\($0.bytes)", $0.official ? "yes" : "no", $0.sha256] }
      parts.append(HTMLText.table(["File", "Bytes", "Official", "SHA-256"], rows, numeric: [1]))
    }
    return parts.joined(separator: "\n")
  }

  private var notes: String {
    card.notes.isEmpty ? "" : "<ul>\n\(card.notes.map { "<li>\(HTMLText.escape($0))</li>" }.joined(separator: "\n"))\n</ul>"
  }

  private var files: String {
    HTMLText.table(["Array", "SHA-256"], card.arrays.sorted { $0.key < $1.key }.map { [$0.key, $0.value] })
  }
}
