import Datasets
import Foundation
import RunSupport
import SequenceModels
import Training

/// One run from its resolved configuration to its summary.
package struct TrainingRun {
  package let configuration: ExperimentConfiguration
  package let seed: UInt64
  package let directory: RunDirectory
  private let data: PreparedDataset
  private let cardPath: String
  private let cardHash: String

  /// Opens the prepared data and checks that a run may use them.
  ///
  /// - Throws: `StageError`: `missingInput` if the data are not prepared, `badData` for stand-ins and for unofficial data at preset `paper`.
  package init(configuration: ExperimentConfiguration, seed: UInt64, output: String, preparedData: String) throws {
    self.configuration = configuration
    self.seed = seed
    directory = RunDirectory(path: output)
    let folder = (preparedData as NSString).appendingPathComponent(configuration.data.preparedPath)
    data = try PreparedDataset(directory: folder, limits: configuration.data.limits)
    cardPath = configuration.data.preparedPath + "/card.json"
    cardHash = try FileHash.hex(ofFile: folder + "/card.json")
    try checkData(folder)
  }

  package var inputDescription: InputDescription { InputDescription(data.card) }

  /// A model with the initial values of this run's seed.
  package func makeModel() throws -> SequenceClassifier {
    try SequenceClassifier(configuration.model, input: inputDescription, seed: seed)
  }

  /// Trains, or continues, and writes every file of the run; the summary comes last.
  package func train(
    observer: RunObserver, interruption: @escaping () -> StageError?, forcesResume: Bool = false
  ) throws -> RunSummary {
    let lock = try directory.lock()
    defer { withExtendedLifetime(lock) {} }
    if let moved = try directory.prepare(configuration: try JSONText.encode(configuration)) { observer.replacedRun(moved) }
    var provenance = Provenance(
      dataCards: [RunSummary.DataCard(path: cardPath, sha256: cardHash)], unofficialData: data.card.unofficial)
    try AtomicFile.write(try JSONText.encode(provenance), to: directory.provenance)
    let model = try makeModel()
    observer.begin(self, parameterCount: model.parameterCount)
    let trainer = Trainer(
      model: model, data: data, configuration: configuration.training, seed: seed,
      checkpoints: CheckpointStore(directory: directory.checkpoints, fingerprint: provenance.fingerprint), observer: observer)
    trainer.interruption = interruption
    trainer.forcesResume = forcesResume
    let state = try trainer.run()
    let test = try Evaluator(model: model, data: data, batchSize: configuration.training.batchSize).evaluate(.test)

    try AtomicFile.write(metricsText(state.history), to: directory.metrics)
    try AtomicFile.write(
      KernelReport.csv(initial: try makeModel(), trained: model, sequenceLength: data.card.sequenceLength), to: directory.kernels)
    provenance.finish(wallSeconds: state.seconds)
    try AtomicFile.write(try JSONText.encode(provenance), to: directory.provenance)
    let summary = try summarize(state, test: test, model: model, provenance: provenance)
    try AtomicFile.write(try JSONText.encode(summary), to: directory.summary)
    return summary
  }

  /// Loss and accuracy of the weights in a safetensors file over a whole split.
  package func evaluate(weights: String, split: Split) throws -> MetricSums {
    let model = try makeModel()
    try model.loadWeights(from: weights)
    return try Evaluator(model: model, data: data, batchSize: configuration.training.batchSize).evaluate(split)
  }

  package func metricsText(_ history: [EpochMetrics]) -> String {
    ([EpochMetrics.csvHeader] + history.map(\.csvLine)).joined(separator: "\n") + "\n"
  }

  private func summarize(
    _ state: TrainingState, test: MetricSums, model: SequenceClassifier, provenance: Provenance
  ) throws -> RunSummary {
    guard let best = state.best else {
      throw StageError(
        .internalBug, "a finished training has no best epoch", where: directory.path, why: "its state holds none",
        fix: "report this with the run folder")
    }
    return RunSummary(
      experiment: configuration.id, preset: configuration.preset, seed: seed, title: configuration.title, metric: "accuracy",
      value: test.accuracy, testLoss: test.loss, testCount: test.sampleCount, bestEpoch: best.epoch,
      validationValue: best.validation.accuracy, validationLoss: best.validation.loss, epochs: state.epoch, steps: state.step,
      parameterCount: model.parameterCount, chance: data.majorityRate(of: .test), wallSeconds: state.seconds,
      peakMemoryMB: ResourceUsage.peakMemoryMB, unofficialData: data.card.unofficial, standIn: data.card.standIn,
      revision: provenance.code.revision, dirty: provenance.code.isDirty, dataCards: provenance.dataCards,
      fingerprint: provenance.fingerprint)
  }

  private func checkData(_ folder: String) throws {
    if data.card.standIn {
      throw StageError(
        .badData, "these data stand in for another task", where: folder, why: "their card says standIn, which is for loader tests only",
        fix: "prepare generated or released data instead")
    }
    if data.card.unofficial && configuration.preset == .paper {
      throw StageError(
        .badData, "preset paper needs the official data", where: folder, why: "the card says they were made from a subset",
        fix: "run make without MIRROR, place the official archive as data/README.md says, or use PRESET=reduced")
    }
  }
}

extension InputDescription {
  package init(_ card: DatasetCard) {
    self.init(
      kind: card.inputKind == .tokens ? .tokens(vocabularySize: card.vocabulary.count) : .values(channels: card.channelCount),
      classCount: card.classCount)
  }
}
