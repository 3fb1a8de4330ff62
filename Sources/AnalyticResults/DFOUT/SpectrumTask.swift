import Datasets
import Foundation
import RunSupport

/// The tasks whose data DFOUT's Figure 7 shows, and where their prepared data lie.
enum SpectrumTask: String, CaseIterable {
  case listops
  case image
  case pathx

  /// A prepared folder below that of all families, and what it holds, in words.
  struct Folder: Equatable {
    var path: String
    var origin: String
  }

  private var family: String { self == .image ? "cifar10" : "lra" }

  /// The prepared data nearest to the paper's: released before generated ones; of generated ones the longest sequences or contours, then
  /// the most sequences. Stand-ins are never taken.
  func folder(in preparedData: String) -> Folder? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(preparedData)/\(family)")) ?? []
    let candidates = names.sorted().compactMap { name -> (path: String, card: DatasetCard)? in
      let path = "\(family)/\(name)"
      guard isOurs(name), FileManager.default.fileExists(atPath: "\(preparedData)/\(path)/card.json"),
        let card = try? JSONText.decode(DatasetCard.self, fromFile: "\(preparedData)/\(path)/card.json", madeBy: "make data-\(family)")
      else { return nil }
      return card.standIn || (self == .pathx && card.sequenceLength != 128 * 128) ? nil : (path, card)
    }
    return candidates.max { rank($0.card).lexicographicallyPrecedes(rank($1.card)) }.map { path, card in
      Folder(path: path, origin: Self.origin(card))
    }
  }

  private func isOurs(_ name: String) -> Bool {
    switch self {
    case .listops: name.hasPrefix("listops-")
    case .image: name == "gray"
    case .pathx: name.hasPrefix("pathfinder-")
    }
  }

  private func rank(_ card: DatasetCard) -> [Int] {
    let parameters = card.generator?.parameters ?? [:]
    return [
      card.generator == nil ? 1 : 0, card.unofficial ? 0 : 1, parameters["contourLength"] ?? 0, card.sequenceLength,
      card.splits[Split.train.rawValue]?.count ?? 0, card.normalization?.mean.first == 0.5 ? 1 : 0,
    ]
  }

  private static func origin(_ card: DatasetCard) -> String {
    if card.generator != nil { return "generated" }
    return card.unofficial ? "unofficial copy" : "released"
  }
}
