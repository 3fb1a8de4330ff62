import Catalogue
import Datasets
import Foundation
import RunSupport

/// The prepared folder that a configuration names, and whether a run may use it.
struct PreparedInputs {
  private let configuration: ExperimentConfiguration
  private let folder: String

  init(_ configuration: ExperimentConfiguration, preparedData: String) {
    self.configuration = configuration
    folder = (preparedData as NSString).appendingPathComponent(configuration.data.preparedPath)
  }

  /// Opens the folder and checks its card and every array.
  ///
  /// - Throws: what `RunInputs` says.
  func open() throws -> PreparedDataset {
    let data = try PreparedDataset(
      directory: folder, limits: configuration.data.limits, paddingMultiple: configuration.training.paddingMultiple ?? 1)
    try checkUse(of: data)
    for (name, expected) in data.card.arrays.sorted(by: { $0.key < $1.key }) {
      let found = try FileHash.hex(ofFile: folder + "/" + name)
      guard found == expected else { throw refusal("\(name) is damaged", "its SHA-256 is \(found), the card says \(expected)") }
    }
    return data
  }

  func card() throws -> RunSummary.DataCard {
    RunSummary.DataCard(
      path: configuration.data.preparedPath + "/card.json", sha256: try FileHash.hex(ofFile: folder + "/card.json"))
  }

  private func checkUse(of data: PreparedDataset) throws {
    let (card, wanted) = (data.card, configuration.data)
    if card.standIn {
      throw refusal("these data stand in for another task", "their card says standIn, which is for loader tests only")
    }
    guard card.family == wanted.family, card.variant == wanted.variant, card.generator?.parameters ?? [:] == wanted.parameters else {
      throw refusal(
        "these data are not what the experiment names",
        "the card says \(card.family)/\(card.variant) \(Self.text(card.generator?.parameters ?? [:])), "
          + "the experiment \(wanted.family)/\(wanted.variant) \(Self.text(wanted.parameters))")
    }
    for split in Split.allCases where data.count(of: split) == 0 {
      throw refusal("the \(split.rawValue) split is empty", "a run needs samples to train, to choose the epoch and to test")
    }
    if card.unofficial && configuration.preset == .paper {
      throw StageError(
        .badData, "preset paper needs the official data", where: folder, why: "the card says they were made from a subset",
        fix: "run make download-\(card.family) without MIRROR, or first place the official archive as data/README.md says, "
          + "or use PRESET=reduced")
    }
  }

  private func refusal(_ what: String, _ why: String) -> StageError {
    StageError(
      .badData, what, where: folder, why: why,
      fix: "delete the folder and run make run EXPERIMENT=\(configuration.id) PRESET=\(configuration.preset.rawValue), which prepares it")
  }

  private static func text(_ parameters: [String: Int]) -> String {
    parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}
