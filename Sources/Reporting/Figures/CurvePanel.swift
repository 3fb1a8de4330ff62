import Catalogue
import RunSupport

/// The learning curves of one panel: the experiments of a task, or of one value of a setting where a grid of them is too much for one.
struct CurvePanel {
  /// An experiment and what it is called here.
  struct Line {
    let result: ExperimentResult
    let title: ExperimentTitle
    let label: String
    /// The label without numbers; equal for experiments of a grid.
    let family: String
    /// By which those of a family are ordered.
    let numbers: [Double]
  }

  /// More names are too many for a key: families have one each.
  private static let nameCount = 12

  /// The subject of all, and the setting that makes this panel.
  let title: String
  /// Methods as they come, each with its families, each by its numbers.
  let lines: [Line]
  /// The setting that the title says.
  private let excluded: Int?

  private init(_ results: [(result: ExperimentResult, title: ExperimentTitle)], title: String, without index: Int?) {
    (self.title, excluded) = (title, index)
    let lines = results.map { result, title in
      Line(
        result: result, title: title, label: title.label(without: index), family: title.family(without: index),
        numbers: title.settings.indices.filter { $0 != index }.flatMap(title.numbers))
    }
    let methods = lines.map(\.method).unique()
    self.lines = methods.flatMap { method in
      let ofMethod = lines.filter { $0.method == method }
      return ofMethod.map(\.family).unique().sorted { ($0.count, $0) < ($1.count, $1) }.flatMap { family in
        ofMethod.filter { $0.family == family }.sorted { $0.numbers.lexicographicallyPrecedes($1.numbers) }
      }
    }
  }

  /// The panels of one task.
  static func panels(of results: [ExperimentResult], task: String) -> [CurvePanel] {
    let titled = results.map { ($0, ExperimentTitle($0.experiment)) }
    let subjects = titled.map(\.1.subject).unique()
    let title = (subjects.count == 1 ? subjects[0] : nil) ?? CatalogueTitles.task(task)
    guard results.count > nameCount, let index = gridSetting(of: titled.map(\.1)) else {
      return [CurvePanel(titled, title: title, without: nil)]
    }
    let values = titled.map { $0.1.numbers(of: index) }.unique().sorted { $0.lexicographicallyPrecedes($1) }
    return values.map { value in
      let members = titled.filter { $0.1.numbers(of: index) == value }
      return CurvePanel(members, title: "\(title), \(members[0].1.settings[index])", without: index)
    }
  }

  /// The first setting of a grid of two or more; nil where only one setting varies, or titles differ in form.
  private static func gridSetting(of titles: [ExperimentTitle]) -> Int? {
    guard let count = titles.first?.settings.count, titles.allSatisfy({ $0.settings.count == count }) else { return nil }
    let varying = (0..<count).filter { index in titles.map { $0.settings[index] }.unique().count > 1 }
    return varying.count > 1 ? varying[0] : nil
  }

  /// Whether its lines are too many to be named one by one: then a family has one name for all its tones.
  var namesFamilies: Bool { lines.count > Self.nameCount && Set(lines.map(\.family)).count < lines.count }

  /// Each line as series, in tones of its method where a family has several.
  ///
  /// - Parameter namesFamilies: whether a panel of the figure does.
  func series(_ hues: CurveHues, _ published: PublishedNumbers, namesFamilies: Bool) throws -> [Figure.Series] {
    try lines.flatMap { line in
      let family = lines.filter { $0.family == line.family }
      let place = family.firstIndex { $0.label == line.label } ?? 0
      var key: String?
      if namesFamilies && family.count > 1 {
        key = place == family.count - 1 ? family[0].title.label(to: line.title, without: excluded) : ""
      }
      let hue = hues.hue(of: line, place, in: family.count)
      return try line.result.learningSeries(label: line.label, key: key, hue: hue, published: published)
    }
  }
}

extension CurvePanel.Line {
  var method: String { SeriesHue.methodName(result.experiment.method) }
}
