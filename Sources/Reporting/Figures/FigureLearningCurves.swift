import Catalogue
import RunSupport
import Runs

extension FigureDefinition {
  /// Validation metric over the epochs, a panel for each task with its methods, or for each value of a setting where a task is a large grid.
  static func learningCurves(group: String) -> FigureDefinition {
    FigureDefinition(
      name: "learning-curves-\(group)", folder: "house", script: "learning-curves",
      title: "Learning curves: \(CatalogueTitles.group(group)), validation after each epoch", needs: { $0.group == group }
    ) { inputs in
      let tasks = inputs.results.map(\.experiment.task).unique()
        .sorted { (CatalogueTitles.place(ofTask: $0), $0) < (CatalogueTitles.place(ofTask: $1), $1) }
      let drawn = tasks.map { task in
        let all = inputs.results.filter { $0.experiment.task == task }
        let done = all.filter { !$0.runs.isEmpty && $0.isResult }
        return (task: task, all: all, panels: CurvePanel.panels(of: done.isEmpty ? all : done, task: task), isDone: !done.isEmpty)
      }
      // Two tasks may have one subject.
      let subjects = drawn.map(\.panels[0].title)
      let panels = drawn.filter(\.isDone).flatMap(\.panels)
      let (hues, namesFamilies) = (CurveHues(panels), panels.contains(where: \.namesFamilies))
      return try drawn.enumerated().flatMap { index, task in
        let suffix = subjects[..<index].contains(subjects[index]) ? " (\(task.task))" : ""
        if task.isDone { return try task.panels.map { try curves($0, titled: $0.title + suffix, hues, namesFamilies, inputs) } }
        let title = task.panels.count > 1 ? CatalogueTitles.task(task.task) : subjects[index] + suffix
        return [inputs.panel(title, orElse: command(group, task.task, of: tasks, task.all, inputs), [], of: task.all)]
      }
    }
  }

  private static func curves(
    _ panel: CurvePanel, titled title: String, _ hues: CurveHues, _ namesFamilies: Bool, _ inputs: FigureInputs
  ) throws -> Figure.Panel {
    accuracyPanel(
      title, inputs, panel.lines.map { ($0.result, $0.label) }, command: panel.lines[0].result.command(),
      try panel.series(hues, inputs.published, namesFamilies: namesFamilies),
      remarks: namesFamilies ? ["From pale to full colour, or from dark to bright: from the smallest value to the largest."] : [])
  }

  /// The group's target; our own test runs belong to `make quickstart`, which has its own size.
  private static func command(
    _ group: String, _ task: String, of tasks: [String], _ results: [ExperimentResult], _ inputs: FigureInputs
  ) -> String {
    if group == "tiny" { return results[0].command() }
    return inputs.command(group: group) + (tasks.count > 1 ? " TASKS=\(task)" : "")
  }

  /// A panel of learning curves; below its title the words for results beside printed ones.
  static func accuracyPanel(
    _ title: String, _ inputs: FigureInputs, _ results: [(result: ExperimentResult, name: String)], command: String,
    _ series: [Figure.Series], remarks: [String] = []
  ) -> Figure.Panel {
    let words = results.compactMap { result, name in result.publishedWord(inputs.published).map { (word: $0, name: name) } }
    let note = words.map(\.word).unique().map { word in
      "\(word): " + words.filter { $0.word == word }.map(\.name).joined(separator: ", ")
    }
    let isSingle = series.allSatisfy { $0.points.count < 2 } && series.count > 1
    var panel = inputs.panel(
      title, orElse: command, series, of: results.map(\.result), note: note.joined(separator: "; "),
      variables: ["kind": "curve", "ylabel": results.first { !$0.result.runs.isEmpty }?.result.metric.axisLabel ?? ""])
    panel.remarks = (isSingle ? ["Of a single epoch the marks stand side by side."] : []) + remarks
    return panel
  }
}

extension ExperimentResult {
  /// Validation over the epochs, and the printed test result at the last one.
  func learningSeries(label: String, key: String? = nil, hue: SeriesHue, published: PublishedNumbers) throws -> [Figure.Series] {
    let points = try curve(x: EpochColumn.epoch, y: .validation(metric))
    guard !points.isEmpty else { return [Figure.Series(label: label, kind: .missing, hue: hue)] }
    var line = series(label, hue: hue, points: points)
    line.key = key
    guard let value = publishedValue(published), let last = points.last else { return [line] }
    return [line, series("", .published, hue: hue, points: [Figure.Point(x: last.x, y: value)])]
  }
}
