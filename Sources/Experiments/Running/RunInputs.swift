import Datasets
import Foundation
import RunSupport
import SequenceModels

/// A configuration and the prepared data that it names, opened and checked.
package struct RunInputs {
  package let configuration: ExperimentConfiguration
  package let data: PreparedDataset
  /// Path below the folder of prepared data, and hash, of the card.
  package let card: RunSummary.DataCard

  /// Opens the prepared data and compares every array with its hash on the card.
  ///
  /// - Throws: `StageError`: `missingInput` if the data are not prepared; `badData` for damaged arrays, data of other parameters,
  ///   an empty split, stand-ins, and unofficial data at preset `paper`.
  package init(_ configuration: ExperimentConfiguration, preparedData: String) throws {
    self.configuration = configuration
    let folder = (preparedData as NSString).appendingPathComponent(configuration.data.preparedPath)
    data = try PreparedDataset(directory: folder, limits: configuration.data.limits)
    card = RunSummary.DataCard(
      path: configuration.data.preparedPath + "/card.json", sha256: try FileHash.hex(ofFile: folder + "/card.json"))
    try checkUse(folder)
    for (name, expected) in data.card.arrays.sorted(by: { $0.key < $1.key }) {
      let found = try FileHash.hex(ofFile: folder + "/" + name)
      guard found == expected else {
        throw refusal(folder, "\(name) is damaged", "its SHA-256 is \(found), the card says \(expected)")
      }
    }
  }

  /// A model with the initial values of a seed.
  package func makeModel(seed: UInt64) throws -> any SequenceModel {
    try SequenceClassifier(configuration.model, input: InputDescription(data.description), seed: seed)
  }

  private func checkUse(_ folder: String) throws {
    let (card, wanted) = (data.card, configuration.data)
    if card.standIn {
      throw refusal(folder, "these data stand in for another task", "their card says standIn, which is for loader tests only")
    }
    guard card.family == wanted.family, card.variant == wanted.variant, card.generator?.parameters ?? [:] == wanted.parameters else {
      throw refusal(
        folder, "these data are not what the experiment names",
        "the card says \(card.family)/\(card.variant) \(Self.text(card.generator?.parameters ?? [:])), "
          + "the experiment \(wanted.family)/\(wanted.variant) \(Self.text(wanted.parameters))")
    }
    for split in Split.allCases where data.count(of: split) == 0 {
      throw refusal(folder, "the \(split.rawValue) split is empty", "a run needs samples to train, to choose the epoch and to test")
    }
    if card.unofficial && configuration.preset == .paper {
      throw StageError(
        .badData, "preset paper needs the official data", where: folder, why: "the card says they were made from a subset",
        fix: "run make download-\(card.family) without MIRROR, or first place the official archive as data/README.md says, "
          + "or use PRESET=reduced")
    }
  }

  private func refusal(_ folder: String, _ what: String, _ why: String) -> StageError {
    StageError(
      .badData, what, where: folder, why: why,
      fix: "delete the folder and run make run EXPERIMENT=\(configuration.id) PRESET=\(configuration.preset.rawValue), which prepares it")
  }

  private static func text(_ parameters: [String: Int]) -> String {
    parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}

extension InputDescription {
  package init(_ samples: SampleDescription) {
    let kind: Kind =
      switch samples.input {
      case .values(let channels): .values(channels: channels)
      case .tokens(let vocabularySize): .tokens(vocabularySize: vocabularySize)
      }
    let outputCount =
      switch samples.target {
      case .classes(let count), .numbers(let count): count
      }
    self.init(kind: kind, outputCount: outputCount, documentCount: samples.documentCount)
  }
}
