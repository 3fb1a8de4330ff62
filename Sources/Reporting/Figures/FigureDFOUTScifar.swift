import Catalogue
import Foundation
import RunSupport
import Runs
import SequenceModels

extension FigureDefinition {
  /// Accuracy of models with cut kernels and of models with fewer layers; gain of every system over its time step.
  static let scifarCut = FigureDefinition(
    name: "scifar-cut", folder: "dfout", title: "DFOUT Figure 5: a small S4D-Lin on sCIFAR, cut",
    needs: { $0.task == "scifar-cut" },
    excerpts: { experiment in
      experiment.configuration.training.probe == nil ? [TableExcerpt([SystemColumn.layer, .trainedTimestep, .trainedScore])] : []
    }
  ) { inputs in
    // Neither its kernels nor its layers are cut.
    let whole = inputs.results.first { $0.experiment.configuration.training.probe == nil }
    func series(_ label: String, variant: Int = 0, _ x: (Experiment) -> Double?) -> Figure.Series {
      let marks = inputs.results.compactMap { result in x(result.experiment).flatMap { result.mark(at: $0) } }
      // The uncut model alone answers nothing.
      let isEnough = inputs.results.contains { !$0.runs.isEmpty && $0.experiment.id != whole?.experiment.id && x($0.experiment) != nil }
      return Figure.Series(
        label: label, kind: isEnough ? .line : .missing, hue: .method("S4D-Lin", variant: variant),
        points: isEnough ? marks.sorted { $0.x < $1.x } : [])
    }
    func panel(_ title: String, kind: String, _ series: [Figure.Series], keys: [FigureKey.Entry] = []) -> Figure.Panel {
      inputs.panel(title, orElse: inputs.command(group: "scifar") + " TASKS=scifar-cut", series, variables: ["kind": kind], keys: keys)
    }
    func probe(_ experiment: Experiment) -> Probe { experiment.configuration.training.probe ?? .whole }
    func layerCount(_ experiment: Experiment) -> Double { Double(experiment.configuration.model.blocks?.layerCount ?? 0) }
    let lengths = panel(
      "kernels cut to their first steps", kind: "length",
      [
        // A picture has 1,024 steps.
        series("S4D-Lin") {
          probe($0).layerCount == nil && probe($0).systemLayerCount == nil ? Double(probe($0).kernelLength ?? 1024) : nil
        }
      ], keys: [FigureKey.Entry(label: "32 steps, from where on the paper's text loses nothing", kind: .level)])
    let layers = panel(
      "layers with systems", kind: "layers",
      [
        series("S4D-Lin, other blocks left out whole", variant: 1) {
          probe($0).kernelLength == nil && probe($0).systemLayerCount == nil
            ? probe($0).layerCount.map(Double.init) ?? layerCount($0) : nil
        },
        series("S4D-Lin, other systems the identity", variant: 2) {
          probe($0).kernelLength == nil && probe($0).layerCount == nil
            ? probe($0).systemLayerCount.map(Double.init) ?? layerCount($0) : nil
        },
      ])
    return [lengths, layers] + [try scorePanel(whole, inputs)]
  }

  private static func scorePanel(_ whole: ExperimentResult?, _ inputs: FigureInputs) throws -> Figure.Panel {
    guard let whole, !whole.runs.isEmpty else {
      return inputs.panel("gain of each system", orElse: whole?.command() ?? inputs.command(group: "scifar"), [])
    }
    let rows = try whole.rows([SystemColumn.layer, .trainedTimestep, .trainedScore])
    let largest = rows.compactMap { $0[2] }.max() ?? 1
    let layerCount = Int(rows.compactMap { $0[0] }.max() ?? 0)
    let series = (0..<layerCount).map { index in
      let points = rows.filter { $0[0] == Double(index + 1) }.compactMap { row -> Figure.Point? in
        guard let step = row[1], let score = row[2], score > 0 else { return nil }
        return Figure.Point(x: step, y: score / largest)
      }
      return whole.series("layer \(index + 1)", .marks, hue: .ordered(index, of: layerCount), points: points.sorted { $0.x < $1.x })
    }
    return inputs.panel("gain of each system (\(whole.seedText))", orElse: whole.analysisCommand, series, variables: ["kind": "scores"])
  }

  /// Accuracy over the largest initial Δ, or ξ, a panel for each task.
  static let sensitivity = FigureDefinition(
    name: "sensitivity", folder: "dfout", title: "DFOUT Figures 6 and 8: accuracy over the largest initial Δ (S4D-DFouT: ξ)",
    caption: "Marks at one Δ or ξ stand a little side by side, so that none hides another.",
    needs: { $0.paper == "dfout" && ($0.group == "sensitivity" || ($0.group == "lra" && !$0.answers.isEmpty)) }
  ) { inputs in
    let grid = inputs.results.filter { $0.experiment.group == "sensitivity" }
    let tasks = grid.map(\.experiment.task).unique()
    // Figure 6 has Image and Pathfinder.
    let order = tasks.sorted { ($0 == "image" ? 0 : $0 == "pathfinder" ? 1 : 2, $0) < ($1 == "image" ? 0 : $1 == "pathfinder" ? 1 : 2, $1) }
    return order.map { task in
      let ofTask = grid.filter { $0.experiment.task == task }
      var series: [Figure.Series] = []
      for method in Set(ofTask.map(\.experiment.method)).sorted() {
        let marks = ofTask.filter { $0.experiment.method == method }.compactMap { result in
          result.experiment.configuration.model.blocks.flatMap { result.mark(at: $0.layer.initialRange.upperBound) }
        }
        series.append(
          Figure.Series(
            label: method, kind: marks.isEmpty ? .missing : .line, hue: .method(method), points: marks.sorted { $0.x < $1.x }))
        let starts = ofTask.filter { $0.experiment.method == method }.compactMap { Start(inputs.reported($0.experiment)) }
        for printed in inputs.results
        where printed.experiment.group == "lra" && printed.experiment.task == task && printed.experiment.method == method {
          guard let value = printed.publishedValue(inputs.published), let start = Start(inputs.reported(printed.experiment)),
            starts.contains(start)
          else { continue }
          let point = Figure.Point(x: start.range.upperBound, y: value)
          series.append(Figure.Series(label: "", kind: .published, hue: .method(method), points: [point]))
        }
      }
      return inputs.panel(
        CatalogueTitles.task(task), orElse: inputs.command(group: "sensitivity") + " TASKS=\(task)", series, of: ofTask)
    }
  }

  /// What a point of the sensitivity figure stands for: a published number belongs to it only if all of this is that of its row.
  private struct Start: Equatable {
    let layerCount: Int
    let modelWidth: Int
    let stateSize: Int
    let range: ClosedRange<Double>

    init?(_ experiment: Experiment?) {
      guard let model = experiment?.configuration.model.blocks else { return nil }
      (layerCount, modelWidth) = (model.layerCount, model.modelWidth)
      (stateSize, range) = (model.layer.stateSize, model.layer.initialRange)
    }
  }

  private static let drawnMethods = ["S4D-Lin", "S4D-Inv", "S4D-DFouT"]

  /// More poles would hide each other.
  private static let drawnPoles = TableExcerpt([ModeColumn.real, .imaginary, .score], atMost: 128, ofEach: .layer, by: .channel)

  /// Poles of trained models in the complex plane, coloured by their gain.
  static let trainedPoles = FigureDefinition(
    name: "trained-poles", folder: "dfout", title: "DFOUT Figure 9: poles after training on sCIFAR, coloured by H∞ score",
    caption:
      "Of each conjugate pair the upper pole, of some systems of each layer. Dashes: the unit circle. Scores below the scale have its lowest colour.",
    needs: { $0.paper == "dfout" && $0.task == "scifar" && $0.hasPrintedRow },
    excerpts: { drawnMethods.contains($0.method) ? [drawnPoles] : [] }
  ) { inputs in
    let panels = try drawnMethods.compactMap(inputs.result(method:)).map { result in
      let rows = try result.rows([ModeColumn.real, .imaginary, .score], in: drawnPoles)
      let largest = rows.compactMap { $0[2] }.max() ?? 1
      // Of each conjugate pair the one above; those of a high score last, on top.
      let points = rows.compactMap { row -> Figure.Point? in
        guard let x = row[0], let y = row[1], let score = row[2], score > 0 else { return nil }
        return Figure.Point(x: x, y: abs(y), z: max(score / largest, 1e-6))
      }.sorted { ($0.z ?? 0) < ($1.z ?? 0) }
      return inputs.panel(
        result.experiment.method, orElse: result.analysisCommand, [result.series("", .marks, hue: .gray, points: points)])
    }
    // One scale for all: the lowest hundredth of the scores shares a colour.
    let scores = panels.flatMap(\.series).flatMap(\.points).compactMap(\.z).sorted()
    let lowest = scores.isEmpty ? 1e-4 : pow(10, log10(scores[scores.count / 100]).rounded(.down))
    return panels.map { panel in
      var panel = panel
      panel.variables["zlow"] = "\(min(lowest, 0.1))"
      return panel
    }
  }
}
