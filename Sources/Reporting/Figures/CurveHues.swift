import RunSupport

/// The hues of learning curves, the same in all panels of a figure.
struct CurveHues {
  /// Which variant of its method each family is: 0 is the method itself, 1 as released, others follow. Families that share no panel may share it.
  private let variants: [String: Int]
  /// Of a single method the values of settings have hues in their order, not tones.
  private let isOneMethod: Bool

  init(_ panels: [CurvePanel]) {
    let lines = panels.flatMap(\.lines)
    isOneMethod = Set(lines.map(\.method)).count == 1
    variants = Dictionary(grouping: lines, by: \.method).values.reduce(into: [:]) { variants, lines in
      let families = lines.unique(by: \.family).sorted { ($0.family.count, $0.family) < ($1.family.count, $1.family) }
      for line in families {
        let besides = panels.map { Set($0.lines.map(\.family)) }.filter { $0.contains(line.family) }.reduce(into: Set()) {
          $0.formUnion($1)
        }
        let taken = Set(families.filter { besides.contains($0.family) }.compactMap { variants[$0.family] })
        let free = line.result.experiment.isAsReleased && families.count > 1 ? [1] : [0] + Array(2..<2 + families.count)
        variants[line.family] = free.first { !taken.contains($0) } ?? 0
      }
    }
  }

  func hue(of line: CurvePanel.Line, _ place: Int, in count: Int) -> SeriesHue {
    let variant = variants[line.family] ?? 0
    if isOneMethod && count > 1 { return .ordered(place, of: count, variant: variant) }
    return .method(line.method, variant: variant, tone: count > 1 ? 0.35 + 0.65 * Double(place) / Double(count - 1) : 1)
  }
}
