import Catalogue
import Datasets
import Foundation
import RunSupport
import SequenceModels
import Training
import Vocabulary

/// A configuration and the samples that it names, opened and checked.
package struct RunInputs {
  package let configuration: ExperimentConfiguration
  package let data: any BatchSource
  /// What the samples are: path below the folder of prepared data, and hash, of the card; of samples made on the fly the task with its
  /// parameters, and the hash of that text.
  package let card: RunSummary.DataCard
  /// Prepared from a subset or another unofficial copy.
  package let isUnofficial: Bool
  private let prepared: PreparedDataset?

  /// Opens the prepared data and compares every array with its hash on the card; or makes ready to make samples on the fly.
  ///
  /// - Throws: `StageError`: `missingInput` if the data are not prepared; `badData` for damaged arrays, data of other parameters,
  ///   an empty split, stand-ins, and unofficial data at preset `paper`; `badConfiguration` if model and data do not fit each other.
  package init(_ configuration: ExperimentConfiguration, preparedData: String) throws {
    self.configuration = configuration
    if let task = configuration.data.generatedTask {
      data = try task.source(configuration.data.parameters)
      card = RunSummary.DataCard(path: configuration.data.preparedPath, sha256: configuration.data.generatedHash)
      (isUnofficial, prepared) = (false, nil)
    } else {
      let folder = PreparedInputs(configuration, preparedData: preparedData)
      let opened = try folder.open()
      card = try folder.card()
      (isUnofficial, prepared) = (opened.card.unofficial, opened)
      data = try Self.samples(opened, configuration)
    }
    try check()
  }

  /// The number by which the run is reported.
  package var metric: Metric {
    if case .classes = data.description.target { return .accuracy }
    return configuration.model.traits.metric
  }

  /// What the answers are compared with.
  var answers: AnswerKind {
    if data is AutoencodingSource { return .cleanPicture }
    if data is VideoSource { return .nextFrames }
    if case .classes = data.description.target { return .classes }
    return configuration.data.generatedTask == .delay ? .numbersOfSteps : .numbers
  }

  /// Through which the model is trained.
  package var probe: Probe { configuration.training.probe ?? .whole }

  /// A model with the initial values of a seed.
  ///
  /// - Parameter isReserved: whether this process holds the memory for it, so that none need be free.
  /// - Throws: `StageError` (`badConfiguration`) if there is not even the memory to evaluate it.
  package func makeModel(seed: UInt64, isReserved: Bool = false) throws -> any SequenceModel {
    if !isReserved { try checkMemory(for: .evaluation) }
    return try configuration.model.makeModel(input: InputDescription(data.description), seed: seed)
  }

  /// The samples as a probe sees them, before it takes every r-th step.
  ///
  /// - Throws: `StageError` (`badConfiguration`) for stripes over what is no picture.
  package func data(for probe: TestProbe) throws -> any BatchSource {
    guard let orientation = probe.stripes, let magnitude = probe.magnitude else { return data }
    return try Self.autoencoding(prepared, stripes: StripeNoise(orientation, magnitude: magnitude, seed: Self.stripeSeed))
  }

  /// How the steps lie in a picture; nil where they do not.
  package var picture: PictureShape? { prepared?.card.picture }

  /// What the stored values went through.
  package var normalization: DatasetCard.Normalization? { prepared?.card.normalization }

  /// Seed of the stripes' strengths: the same ones in every run.
  private static let stripeSeed: UInt64 = 1

  /// What a model learns of prepared data.
  private static func samples(_ prepared: PreparedDataset, _ configuration: ExperimentConfiguration) throws -> any BatchSource {
    if let view = configuration.data.video {
      guard prepared.card.holdsVideos(for: view) else { throw misfit("data.video", "these records cannot be read so: \(view)") }
      return VideoSource(prepared, view: view)
    }
    return configuration.model.traits.learnsCleanPictures ? try autoencoding(prepared, stripes: nil) : prepared
  }

  private static func autoencoding(_ prepared: PreparedDataset?, stripes: StripeNoise?) throws -> any BatchSource {
    guard let prepared, prepared.card.holdsPlainPictures else {
      throw misfit("model.kind", "a denoiser needs pictures, one a record and row by row, and these samples are none")
    }
    return AutoencodingSource(prepared, stripes: stripes)
  }

  static func misfit(_ key: String, _ why: String) -> StageError {
    StageError(.badConfiguration, "model, probe and data do not fit each other", where: key, why: why, fix: "change the configuration")
  }
}

extension InputDescription {
  package init(_ samples: SampleDescription) {
    let outputCount =
      switch samples.target {
      case .classes(let count), .numbers(let count), .frames(let count): count
      }
    self.init(kind: samples.input, outputCount: outputCount, documentCount: samples.documentCount)
  }
}
