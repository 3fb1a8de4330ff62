import Catalogue
import Vocabulary

/// What tells the experiments on videos apart: the frames that they train on, and α and β of their layers.
struct VideoSetting: Hashable {
  let frameCount: Int
  let frequencyScale: Double
  let exponent: Double

  /// - Parameter experiment: of preset `paper`, which names the settings also where a smaller preset scales them.
  /// - Returns: nil of other models.
  init?(_ experiment: Experiment) {
    let data = experiment.configuration.data
    guard case .convS5(let model) = experiment.configuration.model, let frames = data.video?.frameCount ?? data.parameters["frames"] else {
      return nil
    }
    (frameCount, frequencyScale, exponent) = (frames, model.frequencyScale, model.filterExponent)
  }

  /// `α = 0.1, β = 0`.
  var tuning: String { "\(scaleText), \(exponentText)" }

  private var scaleText: String { "α = \(GridLabel.digits(frequencyScale))" }
  private var exponentText: String { "β = \(GridLabel.digits(exponent))" }

  /// Only what differs from the usual setting: `α = 0.1`.
  var shortTuning: String {
    switch (frequencyScale == 1, exponent == 0) {
    case (false, true): scaleText
    case (true, false): exponentText
    default: tuning
    }
  }

  /// `300 frames`.
  var length: String { "\(frameCount) frames" }

  /// With which the others of its length are compared.
  var isUsual: Bool { frequencyScale == 1 && exponent == 0 }

  /// By length; then α, then β.
  static func precedes(_ first: VideoSetting, _ second: VideoSetting) -> Bool {
    (first.frameCount, first.exponent == 0 ? 0 : 1, first.frequencyScale, first.exponent)
      < (second.frameCount, second.exponent == 0 ? 0 : 1, second.frequencyScale, second.exponent)
  }
}
