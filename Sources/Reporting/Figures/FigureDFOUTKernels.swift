import Catalogue
import Runs
import SequenceModels

extension FigureDefinition {
  /// Learned kernels of layer 1, unrolled on the grid of the picture: what they look at, 32 steps a row.
  static let localKernels = FigureDefinition(
    name: "local-kernels", folder: "dfout", title: "DFOUT Figure 1: learned S4D-Lin kernels of layer 1 on sCIFAR, unrolled",
    caption: "Each kernel over its largest magnitude; lag 0 is at the upper left, a row is a row of the picture.",
    needs: { $0.paper == "dfout" && $0.task == "scifar" && $0.method == "S4D-Lin" && $0.hasPrintedRow },
    excerpts: { _ in
      [
        TableExcerpt([ResponseColumn.rank, .lag, .trained], where: [.lag: 0..<1024]),
        TableExcerpt([KernelColumn.lag, .initial, .trained], where: [.layer: 1..<2, .direction: 1..<2, .lag: 0..<256]),
      ]
    }
  ) { inputs in
    guard let result = inputs.results.first else { return [] }
    let kernels = try (1...3).map { rank in
      let points = try responsePoints(result, .trained, lags: 0..<1024, rank: rank)
      let largest = points.map { abs($0.y) }.max() ?? 0
      let pixels = points.map { point in
        let (row, column) = Int(point.x).quotientAndRemainder(dividingBy: 32)
        return Figure.Point(x: Double(column), y: Double(row), z: largest > 0 ? point.y / largest : 0)
      }
      return inputs.panel(
        rank == 1 ? "kernel with the most energy" : rank == 2 ? "the second" : "the third", orElse: result.analysisCommand,
        [result.series("", .marks, hue: .gray, points: pixels)], variables: ["kind": "grid"])
    }
    let means = [
      result.series("at initialisation", .reference, hue: .gray, points: try meanKernel(result, layer: 1, .initial, lags: 0..<256)),
      result.series(
        "S4D-Lin, trained", .curve, hue: .method(result.experiment.method),
        points: try meanKernel(result, layer: 1, .trained, lags: 0..<256)),
    ]
    return kernels
      + [inputs.panel("mean |K| over the channels", orElse: result.analysisCommand, means, variables: ["kind": "mean"])]
  }

  /// Mean magnitude of the kernels of each layer of trained models.
  static let layerKernels = FigureDefinition(
    name: "layer-kernels", folder: "dfout", title: "DFOUT Figure 7 (a)–(c): mean |K| of S4D-DFouT by layer after training",
    caption: "Numbers below Image and PathX are multiples of two rows of the picture.",
    needs: { $0.paper == "dfout" && $0.group == "lra" && $0.method == "S4D-DFouT" && $0.hasPrintedRow },
    excerpts: { experiment in
      kernelTasks.filter { $0.task == experiment.task }.map { task in
        TableExcerpt([KernelColumn.layer, .lag, .trained], where: [.direction: 1..<2, .lag: 0..<task.lags])
      }
    }
  ) { inputs in
    try kernelTasks.compactMap { task, lags, row in
      guard let result = inputs.results.first(where: { $0.experiment.task == task }) else { return nil }
      return inputs.panel(
        CatalogueTitles.task(task), orElse: result.command(), try layers(result, lags: 0..<lags), variables: ["row": "\(row)"])
    }
  }

  /// Rows of Image have 32 pixels, those of PathX 128; ListOps has none.
  private static let kernelTasks: [(task: String, lags: Int, row: Int)] = [("listops", 256, 0), ("image", 256, 32), ("pathx", 1024, 128)]

  /// Mean magnitude of the kernels of each layer of our own small test runs, with those before training in gray.
  static let kernels = FigureDefinition(
    name: "kernels", folder: "house", title: "Mean |K| over the channels by layer, before and after training",
    needs: { $0.group == "tiny" },
    excerpts: { _ in [TableExcerpt([KernelColumn.layer, .lag, .initial, .trained], where: [.direction: 1..<2, .lag: 0..<256])] }
  ) { inputs in
    try inputs.results.map { result in
      let layers = try layers(result, lags: 0..<256, showsInitial: true)
      return inputs.panel(result.experiment.method + (result.runs.isEmpty ? "" : " (\(result.seedText))"), orElse: result.command(), layers)
    }
  }

  private static func layers(_ result: ExperimentResult, lags: Range<Int>, showsInitial: Bool = false) throws -> [Figure.Series] {
    guard let blocks = result.experiment.configuration.model.blocks, !result.runs.isEmpty else { return [] }
    return try (1...blocks.layerCount).flatMap { layer in
      let trained = result.series(
        "layer \(layer)", .curve, hue: .ordered(layer - 1, of: blocks.layerCount),
        points: try meanKernel(result, layer: layer, .trained, lags: lags))
      guard showsInitial else { return [trained] }
      let initial = try meanKernel(result, layer: layer, .initial, lags: lags)
      return [result.series(layer == 1 ? "before training" : "", .reference, hue: .gray, points: initial), trained]
    }
  }

  /// Mean magnitude in the first direction, of the first seed.
  private static func meanKernel(
    _ result: ExperimentResult, layer: Int, _ stage: KernelColumn, lags: Range<Int>
  ) throws -> [Figure.Point] {
    try result.points(x: .lag, y: stage, where: [.layer: layer, .direction: 1], in: lags)
  }
}
