import ArgumentParser
import DatasetPreparation

/// The tasks that this tool prepares. Image is `prepare-cifar10 --variant gray`.
enum ArenaTask: String, ExpressibleByArgument, CaseIterable {
  case listops
  case text
  case retrieval
  case pathfinder

  /// Entry in `data/sources.yaml` and folder below `data/raw`.
  var dataset: String { self == .text ? TextPreparation.dataset : ListOpsPreparation.family }

  /// What `download` fetches.
  var fileNames: [String] {
    switch self {
    case .listops: ListOpsPreparation.releasedNames.values.sorted()
    case .text: [TextPreparation.archiveName]
    case .retrieval: RetrievalPreparation.releasedNames
    case .pathfinder: [PathfinderPreparation.archiveName]
    }
  }

  /// What `preprocess` takes if nothing is said.
  var usualSource: DataSource { self == .listops || self == .pathfinder ? .generated : .released }
}

enum DataSource: String, ExpressibleByArgument, CaseIterable { case generated, released }
