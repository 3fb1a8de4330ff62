import Foundation
import RunSupport

extension Figure {
  /// What a script reads; `panels.gp` says what each is.
  func scriptVariables(root: String, input: String) -> [(name: String, value: String)] {
    let sentences = panels.allSatisfy(\.series.isEmpty) ? [] : [definition.caption] + panels.flatMap(\.remarks)
    let caption = sentences.filter { !$0.isEmpty }.unique().joined(separator: " ")
    let whole = [
      ("style", root), ("input", input), ("figure_title", "\(definition.title), preset\u{A0}\(preset.rawValue)"), ("caption", caption),
      ("panels", "\(panels.count)"),
    ]
    return whole + key.variables + panels.enumerated().flatMap { $1.scriptVariables(number: $0 + 1) }
  }
}

extension Figure.Panel {
  func scriptVariables(number: Int) -> [(name: String, value: String)] {
    var variables = [
      ("title", title), ("command", command), ("reason", reason), ("note", wholeNote), ("count", "\(series.count)"),
      ("most", "\(series.filter { $0.kind == .line }.map(\.points.count).max() ?? 1)"),
    ]
    variables += self.variables.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    func numbers(_ isMeant: (Figure.Series) -> Bool) -> String {
      series.indices.filter { isMeant(series[$0]) && !series[$0].points.isEmpty }.map { "\($0 + 1)" }.joined(separator: " ")
    }
    variables += Figure.Series.Kind.allCases.map { kind in (kind.rawValue, numbers { $0.kind == kind }) }
    variables += [("bands", numbers(\.hasRange)), ("places", "\(max(1, places.last ?? 1))")] + extents
    return variables.map { ($0.0 + "\(number)", $0.1) }
      + zip(series, places).enumerated().flatMap { index, pair in
        [("place\(number)_\(index + 1)", "\(pair.1)")] + pair.0.hue.variables("", "\(number)_\(index + 1)")
      }
  }

  /// The note and what has no run.
  private var wholeNote: String {
    let missing = series.filter { $0.kind == .missing && $0.points.isEmpty }.map(\.label)
    return ([note] + (missing.isEmpty || series.allSatisfy(\.points.isEmpty) ? [] : ["no run: " + missing.joined(separator: ", ")]))
      .filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// The place of each series, from 1, among those whose marks would hide each other; what belongs to one shares its place.
  private var places: [Int] {
    var count = 0
    return series.map { series in
      if [.line, .marks].contains(series.kind) && !series.points.isEmpty { count += 1 }
      return max(1, count)
    }
  }

  /// From the lowest to the highest number of each axis; 0 without any.
  private var extents: [(String, String)] {
    func range(_ axis: String, _ values: [Double]) -> [(String, String)] {
      let values = values.filter(\.isFinite)
      return [("\(axis)low", "\(values.min() ?? 0)"), ("\(axis)high", "\(values.max() ?? 0)")].filter { variables[$0.0] == nil }
    }
    let along = series.filter { $0.kind != .level }.flatMap(\.points).map(\.x)
    return range("x", along) + range("y", series.flatMap(\.points).flatMap { [$0.y] + [$0.low, $0.high].compactMap { $0 } })
  }
}
