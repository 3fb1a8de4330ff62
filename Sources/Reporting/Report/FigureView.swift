/// A figure of the page.
package struct FigureView {
  let paper: ReportPaper
  /// `noisy-scifar`.
  let name: String
  let figureAnchor: String
  let figureTitle: String
  /// Empty of figures that need no training.
  let figurePreset: String
  /// Markup; nil where nothing has run, or the figure is no SVG.
  let svg: String?
  /// An animated picture that lies beside the page.
  let pictureAddress: String?
  /// Whether it shows pictures, whose colours stay as they are in the dark.
  let showsPictures: Bool
  /// What fills its empty frames.
  let figureCommands: [String]
  /// Why a frame stays empty whatever is run.
  let figureReasons: [String]
  let hasFigureGaps: Bool
  /// Whether it needs no training, so that no preset belongs to it.
  let isTimeless: Bool

  init(
    paper: ReportPaper, name: String, title: String, preset: String = "", svg: String?, pictureAddress: String? = nil,
    showsPictures: Bool = false, commands: [String], reasons: [String] = []
  ) {
    (self.paper, self.name) = (paper, name)
    figureAnchor = preset.isEmpty ? ReportText.anchor("f", name) : ReportText.anchor("f", name, preset)
    figureTitle = title
    figurePreset = preset
    self.svg = svg
    self.pictureAddress = pictureAddress
    self.showsPictures = showsPictures
    figureCommands = commands.unique()
    figureReasons = reasons.unique()
    hasFigureGaps = !commands.isEmpty || !reasons.isEmpty
    isTimeless = preset.isEmpty
  }
}
