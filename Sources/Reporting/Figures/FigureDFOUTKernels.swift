import Experiments
import Foundation
import SequenceModels

extension FigureDefinition {
  /// Learned kernels of layer 1, unrolled on the grid of the picture: what they look at, 32 steps a row.
  static let localKernels = FigureDefinition(
    name: "local-kernels", folder: "dfout", title: "DFOUT Figure 1: learned S4D-Lin kernels of layer 1 on sCIFAR, unrolled",
    needs: { $0.id == "dfout-scifar-s4d-lin" }
  ) { inputs in
    guard let result = inputs.results.first else { return [] }
    let kernels = try (1...3).map { rank in
      let points = try responsePoints(result, column: "trained", lags: 0..<1024, rank: rank)
      let largest = points.map { abs($0.y) }.max() ?? 0
      let pixels = points.map { point in
        let (row, column) = Int(point.x).quotientAndRemainder(dividingBy: 32)
        return Figure.Point(x: Double(column), y: Double(row), z: largest > 0 ? point.y / largest : 0)
      }
      return inputs.panel(
        rank == 1 ? "the kernel with the most energy" : "the \(rank == 2 ? "second" : "third")", orElse: result.analysisCommand,
        [Figure.Series(label: "K over its largest", experiment: result.experiment.id, kind: .marks, points: pixels)],
        variables: ["kind": "grid"])
    }
    let means = try ["initial", "trained"].map { stage in
      Figure.Series(
        label: stage == "initial" ? "at initialisation" : "trained", experiment: result.experiment.id,
        kind: stage == "initial" ? .reference : .line, points: try meanKernel(result, layer: 1, column: stage, lags: 0..<256))
    }
    return kernels
      + [inputs.panel("mean |K| over the channels", orElse: result.analysisCommand, means, variables: ["kind": "mean"])]
  }

  /// Mean magnitude of the kernels of each layer of trained models.
  static let layerKernels = FigureDefinition(
    name: "layer-kernels", folder: "dfout", title: "DFOUT Figure 7 (a)–(c): mean |K| by layer after training",
    needs: { ["dfout-lra-listops", "dfout-lra-image", "dfout-lra-pathx"].contains($0.id) }
  ) { inputs in
    // Rows of Image have 32 pixels, those of PathX 128.
    try [("listops", "ListOps", 256, 32), ("image", "Image", 256, 32), ("pathx", "PathX", 1024, 128)].compactMap { task, name, lags, row in
      guard let result = inputs.result("dfout-lra-\(task)") else { return nil }
      return inputs.panel(
        name, orElse: result.command(), try layers(result, lags: 0..<lags), variables: ["row": task == "listops" ? "0" : "\(row)"])
    }
  }

  /// The same of our own small test runs, with the kernels before training in gray.
  static let kernels = FigureDefinition(
    name: "kernels", folder: "house", title: "Mean |K| by layer before (gray) and after training", needs: { $0.group == "tiny" }
  ) { inputs in
    try inputs.results.map { result in
      let layers = try layers(result, lags: 0..<256, showsInitial: true)
      return inputs.panel(result.experiment.title + (result.runs.isEmpty ? "" : " (\(result.seedText))"), orElse: result.command(), layers)
    }
  }

  private static func layers(_ result: ExperimentResult, lags: Range<Int>, showsInitial: Bool = false) throws -> [Figure.Series] {
    guard let blocks = result.experiment.configuration.model.blocks, !result.runs.isEmpty else { return [] }
    return try (1...blocks.layerCount).flatMap { layer in
      let trained = Figure.Series(
        label: "layer \(layer)", experiment: result.experiment.id, colour: layer,
        points: try meanKernel(result, layer: layer, column: "trained", lags: lags))
      guard showsInitial else { return [trained] }
      return [
        Figure.Series(
          label: layer == 1 ? "before training" : "", experiment: result.experiment.id, kind: .reference,
          points: try meanKernel(result, layer: layer, column: "initial", lags: lags)), trained,
      ]
    }
  }

  /// Of the first seed and direction.
  private static func meanKernel(
    _ result: ExperimentResult, layer: Int, column: String, lags: Range<Int>
  ) throws -> [Figure.Point] {
    let rows = try result.runs.first.flatMap {
      try ExperimentResult.rows($0, file: "kernels.csv", columns: ["lag", column], matching: ["layer": "\(layer)", "direction": "1"])
    }
    return (rows ?? []).compactMap { row in
      guard let lag = row[0], let value = row[1], lags.contains(Int(lag)) else { return nil }
      return Figure.Point(x: lag, y: value)
    }
  }
}
