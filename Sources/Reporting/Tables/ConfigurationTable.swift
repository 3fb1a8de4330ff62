import Catalogue
import Documents
import Foundation
import SequenceModels
import Training
import Vocabulary

/// A paper's table of hyperparameters, made from the catalogue: what its own method runs with on each task.
struct ConfigurationTable {
  let name: String
  let title: String
  let note: String
  /// Whether an answered cell is one of the paper's own method.
  let isOwn: @Sendable (PublishedCell) -> Bool

  static let all = [
    ConfigurationTable(
      name: "tfb-table-4", title: "TFB Table 4: configurations of the Long Range Arena",
      note: """
        The digits of the paper's table could not be obtained. The plain rows follow its text, else the released files; rows as released
        follow the files to the letter.
        """
    ) { $0.paper == "TFB" && $0.table == "Table 3" },
    ConfigurationTable(
      name: "hope-table-2", title: "HOPE Table 2: configurations of the Long Range Arena",
      note: """
        The digits of the paper's table could not be obtained. The plain rows follow Algorithm 1 with the numbers of the released scripts;
        rows as released follow the scripts to the letter.
        """
    ) { $0.paper == "HOPE" && $0.table == "Table 1" },
    ConfigurationTable(
      name: "dfout-table-5", title: "DFOUT Table 5: configurations of S4D-DFouT",
      note: "The paper's table has no warm-up, no rate of the system and no direction; those are of the S4 repository."
    ) { $0.paper == "DFOUT" && $0.row == "S4D-DFouT" },
  ]

  static let header = [
    "Task", "Experiment", "Layers", "Width", "State", "Norm", "Pre-norm", "Dropout", "Rate", "Rate of the system", "Rate of Δ or ξ",
    "Batch", "Epochs", "Schedule", "Warm-up", "Weight decay", "Range of Δ or ξ", "α", "Both directions", "Pooling",
  ]

  func document(preset: Preset, catalogue: ExperimentCatalogue) -> ResultDocument {
    let columns = catalogue.published.cells.filter(isOwn).map(\.column)
    let rows = catalogue.experiments(at: preset)
      .filter { experiment in experiment.answers.contains { isOwn($0.cell) } }
      .sorted { (order($0, in: columns), $0.id) < (order($1, in: columns), $1.id) }
      .compactMap { experiment in experiment.configuration.model.blocks.map { Self.fields(experiment, $0) } }
    let introduction = """
      # \(title)

      Made from the catalogue at preset `\(preset.rawValue)`; the source of every value is in the experiment's files.
      \(note)
      State is d_state, for HOPE the number of Markov parameters in each direction. An empty field does not exist in the model.


      """
    return ResultDocument(
      name: name, csv: CSVText.document(Self.header, rows), markdown: introduction + MarkdownText.table(Self.header, rows))
  }

  /// Tasks in the order of the paper's tables.
  private func order(_ experiment: Experiment, in columns: [String]) -> Int {
    experiment.answers.compactMap { columns.firstIndex(of: $0.cell.column) }.min() ?? columns.count
  }

  private static func fields(_ experiment: Experiment, _ model: BlocksSpecification) -> [String] {
    let training = experiment.configuration.training
    let system = System(model.layer, globalRate: training.optimizer.learningRate)
    let released = experiment.isAsReleased ? " (as released)" : ""
    return [
      experiment.task + released, experiment.id, "\(model.layerCount)", "\(model.modelWidth)", system.state, model.normalization.rawValue,
      model.prenorm ? "yes" : "no", number(model.dropout), number(training.optimizer.learningRate), number(system.rate),
      number(system.timestepRate), "\(training.batchSize)", "\(training.epochs)", training.schedule.text, training.schedule.warmupText,
      number(training.optimizer.weightDecay), "\(number(system.minimum)) to \(number(system.maximum))", system.scale.map(number) ?? "",
      system.isBidirectional ? "yes" : "no", model.pooling.rawValue,
    ]
  }

  fileprivate static func number(_ value: Double) -> String { String(format: "%.6g", value) }
}

/// What the tables print of a layer's systems.
private struct System {
  let state: String
  let rate: Double
  let timestepRate: Double
  let minimum: Double
  let maximum: Double
  let scale: Double?
  let isBidirectional: Bool

  init(_ layer: LayerSpecification, globalRate: Double) {
    switch layer {
    case .diagonal(let layer):
      state = "\(layer.stateSize)"
      (rate, timestepRate) = (layer.poleLearningRate, layer.timestepLearningRate ?? globalRate)
      (minimum, maximum, scale) = (layer.timestepMinimum, layer.timestepMaximum, layer.frequencyScale)
      isBidirectional = layer.bidirectional
    case .dampedFourier(let layer):
      state = "\(layer.stateSize)"
      (rate, timestepRate) = (layer.poleLearningRate, layer.dampingLearningRate)
      (minimum, maximum, scale) = (layer.dampingMinimum, layer.dampingMaximum, nil)
      isBidirectional = layer.bidirectional
    case .hankel(let layer):
      state = "\(layer.markovCount)"
      (rate, timestepRate) = (layer.markovLearningRate ?? globalRate, layer.timestepLearningRate ?? globalRate)
      (minimum, maximum, scale) = (layer.timestepMinimum, layer.timestepMaximum, nil)
      isBidirectional = layer.directions != .forward
    }
  }
}

extension Schedule {
  /// `cosine over 180000 steps`.
  fileprivate var text: String {
    switch kind {
    case .constant: "constant"
    case .cosineOverSteps: "cosine over \(total) steps"
    case .cosineOverEpochs: "cosine over \(total) \(total == 1 ? "epoch" : "epochs")"
    case .halvingOverEpochs: "halved every \(halvingEpochs) epochs"
    }
  }

  fileprivate var warmupText: String {
    switch kind {
    case .constant, .halvingOverEpochs: ""
    case .cosineOverSteps: "\(warmup) \(warmup == 1 ? "step" : "steps")"
    case .cosineOverEpochs: "\(warmup) \(warmup == 1 ? "epoch" : "epochs")"
    }
  }
}
