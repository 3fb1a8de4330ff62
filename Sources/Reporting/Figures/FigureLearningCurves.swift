import Catalogue
import RunSupport
import Runs

extension FigureDefinition {
  /// More lines in one panel cannot be told apart.
  private static let lineCount = 6

  /// Validation metric over the epochs, a panel for each task or, where a task has many experiments, several; the band is the range of seeds.
  static func learningCurves(group: String) -> FigureDefinition {
    FigureDefinition(
      name: "learning-curves-\(group)", folder: "house", script: "learning-curves",
      title: "Learning curves of group \(group): validation, range of seeds; ◇ published test result", needs: { $0.group == group }
    ) { inputs in
      let tasks = inputs.results.map(\.experiment.task).unique()
      return try tasks.flatMap { task in
        let ofTask = inputs.results.filter { $0.experiment.task == task }
        let done = ofTask.filter { !$0.runs.isEmpty }
        guard !done.isEmpty else {
          return [Figure.Panel(title: task, command: command(group, task, of: tasks, ofTask, inputs))]
        }
        let chunks = parts(done).flatMap { part in
          stride(from: 0, to: part.count, by: lineCount).map { Array(part[$0..<min(part.count, $0 + lineCount)]) }
        }
        return try chunks.map { try accuracyPanel(panelTitle($0), inputs, $0, command: $0[0].command()) }
      }
    }
  }

  /// All together, or where they are many by their methods.
  private static func parts(_ results: [ExperimentResult]) -> [[ExperimentResult]] {
    guard results.count > lineCount else { return [results] }
    let methods = results.map(\.experiment.method).unique()
    return methods.map { method in results.filter { $0.experiment.method == method } }
  }

  /// The group's target; our own test runs belong to `make quickstart`, which has its own size.
  private static func command(
    _ group: String, _ task: String, of tasks: [String], _ results: [ExperimentResult], _ inputs: FigureInputs
  ) -> String {
    if group == "tiny" { return results[0].command() }
    return inputs.command(group: group) + (tasks.count > 1 ? " TASKS=\(task)" : "")
  }

  /// What all titles have in common, or the only one.
  private static func panelTitle(_ results: [ExperimentResult]) -> String {
    let titles = results.map(\.experiment.title)
    return titles.count == 1 ? titles[0] : ShortTitles.common(titles) ?? results[0].experiment.task
  }
}

extension ExperimentResult {
  /// Validation over the epochs, and the printed test result at the last one, with the word for ours behind the label.
  func learningSeries(label: String, colour: Int, published: PublishedNumbers) throws -> [Figure.Series] {
    guard !runs.isEmpty else { return [Figure.Series(label: label, kind: .missing, colour: colour)] }
    let points = try curve(x: EpochColumn.epoch, y: .validation(metric))
    let word = publishedWord(published).map { ": \($0)" } ?? ""
    let line = series(label + word, colour: colour, points: points)
    guard let value = publishedValue(published), let last = points.last else { return [line] }
    return [line, series("", .published, colour: colour, points: [Figure.Point(x: last.x, y: value)])]
  }
}
