import Catalogue
import RunSupport

/// The title of an experiment in its parts: `S4D-Inv on LRA Image, Δmax = 0.003` is a method on a subject with settings.
struct ExperimentTitle {
  /// `S4D-DFouT (unit input)`; all of a title that names no subject.
  let method: String
  let subject: String?
  /// `Δmax = 0.003`.
  let settings: [String]
  /// `(as released)`, or empty.
  let remark: String

  init(_ experiment: Experiment) {
    let title = experiment.title.replacing("= -", with: "= −")
    guard let on = title.firstRange(of: " on ") else {
      (method, subject, settings, remark) = (title, nil, [], "")
      return
    }
    // What stands before the method says what all have in common: `Small HOPE`.
    let start = title.firstRange(of: SeriesHue.methodName(experiment.method))?.lowerBound ?? title.startIndex
    method = String(title[(start < on.lowerBound ? start : title.startIndex)..<on.lowerBound])
    let bracket = title.hasSuffix(")") ? title[on.upperBound...].firstRange(of: " (") : nil
    remark = bracket.map { String(title[title.index(after: $0.lowerBound)...]) } ?? ""
    let parts = title[on.upperBound..<(bracket?.lowerBound ?? title.endIndex)].split(separator: ", ").map(String.init)
    subject = parts.first
    settings = Array(parts.dropFirst())
  }

  /// What tells experiments of a subject apart, without one of the settings: `S4D-Inv, Δmax = 0.003`.
  func label(without index: Int? = nil) -> String { label(settings.indices.filter { $0 != index }.map { settings[$0] }) }

  private func label(_ settings: [String]) -> String {
    ([method] + settings).joined(separator: ", ") + (remark.isEmpty ? "" : " " + remark)
  }

  /// The label with every number of its settings left open: what experiments of a grid have in common.
  func family(without index: Int? = nil) -> String {
    label(settings.indices.filter { $0 != index }.map { settings[$0].replacing(Self.number) { "\($0.1)#" } })
  }

  /// The numbers of a setting, by which it is ordered.
  func numbers(of index: Int) -> [Double] {
    settings[index].matches(of: Self.number).compactMap { Double($0.2.replacing("−", with: "-")) }
  }

  /// A number that stands alone, not a part of a name.
  private static var number: Regex<(Substring, Substring, Substring)> { /(^| )([-−]?\d+(?:\.\d+)?)(?![^ ])/ }
}

extension ExperimentTitle {
  /// The label with the numbers from this experiment to the last of its family: `S4D-Inv, Δmax = 0.003 … 0.3`.
  func label(to last: ExperimentTitle, without index: Int? = nil) -> String {
    label(
      settings.indices.filter { $0 != index }.map { place in
        let ends = zip(numbers(of: place), last.numbers(of: place)).map { $0 == $1 ? $0.plainText : "\($0.plainText) … \($1.plainText)" }
        var next = ends.makeIterator()
        return settings[place].replacing(Self.number) { "\($0.1)\(next.next() ?? "")" }
      })
  }
}
