import RunSupport

/// What the marks of a figure mean, once for all its panels.
struct FigureKey {
  struct Entry: Hashable {
    let label: String
    /// A kind of series, or `band`.
    let sample: String
    var hue = SeriesHue.gray

    init(label: String, kind: Figure.Series.Kind, hue: SeriesHue = .gray) {
      (self.label, sample, self.hue) = (label, kind.rawValue, hue)
    }

    fileprivate init(band: String) { (label, sample) = (band, "band") }
  }

  let entries: [Entry]

  /// - Parameter band: what ranges mean; says nothing in a figure without them.
  init(_ panels: [Figure.Panel], band: String) {
    let series = panels.flatMap(\.series).filter { !$0.points.isEmpty }
    var entries = series.filter { !$0.keyLabel.isEmpty && $0.kind != .missing && $0.kind != .published }
      .map { Entry(label: $0.keyLabel, kind: $0.kind, hue: $0.hue) }
    entries += panels.flatMap(\.keys)
    if series.contains(where: { $0.kind == .published }) { entries.append(Entry(label: "published", kind: .published)) }
    if series.contains(where: \.hasRange) { entries.append(Entry(band: band)) }
    // A line may have its symbols in one panel and none in another.
    self.entries = entries.unique { [$0.label, $0.hue.text, "\($0.hue.variant)", "\($0.hue.tone)"] }
  }

  /// What a script reads: `keys`, and of each entry its label, sample and hue.
  var variables: [(name: String, value: String)] {
    [("keys", "\(entries.count)")]
      + entries.enumerated().flatMap { index, entry in
        [("keylabel\(index + 1)", entry.label), ("keysample\(index + 1)", entry.sample)] + entry.hue.variables("key", "\(index + 1)")
      }
  }
}
