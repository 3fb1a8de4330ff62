import Catalogue
import Runs

extension FigureDefinition {
  private static let isVideo: @Sendable (Experiment) -> Bool = { VideoSetting($0) != nil }

  private typealias Shown = (setting: VideoSetting, result: ExperimentResult)

  /// With the settings of preset `paper`, in their order.
  private static func shown(_ inputs: FigureInputs) -> [Shown] {
    inputs.results.compactMap { result in
      VideoSetting(inputs.reported(result.experiment) ?? result.experiment).map { (setting: $0, result: result) }
    }.sorted { VideoSetting.precedes($0.setting, $1.setting) }
  }

  /// Error of each colour over the steps behind the context, a line a setting, beside the last frame repeated.
  static let videoHorizon = FigureDefinition(
    name: "moving-mnist-horizon", folder: "tfb", title: "TFB, appendix I.2: error of generated frames over the prediction horizon",
    caption: "Means over the test videos; pixels go from 0 to 1. Where only α or β is named, the other is that of α = 1, β = 0.",
    needs: isVideo
  ) { inputs in
    let shown = shown(inputs)
    let tunings = shown.map(\.setting.shortTuning).unique()
    return try Dictionary(grouping: shown, by: \.setting.frameCount).sorted { $0.key < $1.key }.flatMap { _, settings in
      try FrameColour.allCases.map { colour in try horizon(of: colour, settings, tunings, inputs) }
    }
  }

  private static func horizon(
    of colour: FrameColour, _ settings: [Shown], _ tunings: [String], _ inputs: FigureInputs
  ) throws -> Figure.Panel {
    func points(_ result: ExperimentResult, _ column: GenerationColumn) throws -> [Figure.Point] {
      // Step 0 is the mean over all others.
      try result.curve(x: .step, y: column, where: [.colour: colour.rawValue]).filter { $0.x > 0 }
    }
    var series = try settings.map { shown in
      let place = tunings.firstIndex(of: shown.setting.shortTuning) ?? 0
      let points = try points(shown.result, .mse)
      return shown.result.series(
        shown.setting.shortTuning, points.isEmpty ? .missing : .line, hue: .ordered(place, of: tunings.count), points: points)
    }
    // The same of all settings, which see the same videos.
    if let done = settings.first(where: { !$0.result.runs.isEmpty })?.result {
      for (label, kind, column) in [("last frame repeated", .level, .repeatMse), ("mean frame", .reference, .meanMse)]
        as [(String, Figure.Series.Kind, GenerationColumn)]
      {
        let points = try points(done, column).map { Figure.Point(x: $0.x, y: $0.y) }
        series.append(Figure.Series(label: label, kind: kind, points: points))
      }
    }
    return inputs.panel(
      "\(colour.rawValue), trained on \(settings[0].setting.length)", orElse: inputs.command(group: settings[0].result.experiment.group),
      series)
  }

  /// The first test video: what came above what was made of it, at some steps.
  static let videoFilm = FigureDefinition(
    name: "moving-mnist-film", folder: "tfb", title: "TFB, appendix I.2: first video of the test split, truth above what was generated",
    caption: "Numbers are steps behind the context, 0 is its last frame. First seed.", needs: isVideo,
    csv: { inputs in FilmCanvas.text(try films(inputs).compactMap { $0.film?.strip }) }
  ) { inputs in
    var block = 0
    return try films(inputs).map { shown in
      let title = "\(shown.setting.tuning), trained on \(shown.setting.length)"
      guard let strip = shown.film?.strip else { return Figure.Panel(title: title, command: shown.result.analysisCommand) }
      defer { block += 1 }
      return Figure.Panel(
        title: title, series: [shown.result.series("", .marks, hue: .gray)],
        variables: strip.variables.merging(["block": "\(block)"]) { $1 })
    }
  }

  /// The same video as an animated picture, step by step, of all settings that have run; nothing without a run.
  static let videoAnimation = FigureDefinition(
    name: "moving-mnist-animation", folder: "tfb", title: "First test video: truth above what was generated", format: .gif, needs: isVideo,
    csv: { inputs in FilmCanvas.text(FilmCanvas.pages(of: try films(inputs).compactMap(\.film))) }
  ) { inputs in
    let done = try films(inputs).filter { $0.film != nil }
    guard let page = FilmCanvas.pages(of: done.compactMap(\.film)).first else { return [] }
    return [
      Figure.Panel(
        title: "", series: [Figure.Series(label: "", kind: .marks)], variables: page.variables,
        keys: done.map { FigureKey.Entry(label: "\($0.setting.tuning); \($0.setting.length)", kind: .marks) })
    ]
  }

  private static func films(_ inputs: FigureInputs) throws -> [(setting: VideoSetting, result: ExperimentResult, film: Film?)] {
    try shown(inputs).map { ($0.setting, $0.result, try Film($0.result)) }
  }
}
