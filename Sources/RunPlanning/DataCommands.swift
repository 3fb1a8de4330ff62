import Catalogue
import DatasetPreparation
import Datasets

/// The calls of tools that make a prepared data set, the tool's name first.
struct DataCommands {
  let description: DataDescription
  /// The folder of results.
  let results: String
  /// The folder with `raw` and `prepared`.
  let dataFolder: String

  var raw: RawFiles? { RawFiles(description, in: dataFolder) }
  var card: String { "\(output)/card.json" }

  /// The goal of Make that prepares it, with as few others as can be: `data-listops`, whose variants begin so, or its family.
  var goal: String {
    let start = description.variant.prefix { $0 != "-" }
    return "data-\(start.count < description.variant.count ? String(start) : description.family)"
  }

  private var output: String { "\(dataFolder)/prepared/\(description.preparedPath)" }
  private var resolved: String { "\(results)/resolved/data/\(description.preparedPath).json" }

  /// Writes the description that the next call reads, as `train-model` reads a resolved configuration.
  var resolve: [String] { ["plan-runs", "resolve-data", "--folder", description.preparedPath, "--output", resolved] }

  var preprocess: [String] {
    ["prepare-\(description.family)", "preprocess", "--recipe", resolved] + (raw.map { ["--raw", $0.folder] } ?? []) + ["--output", output]
  }
}

/// Files that prepared data are made of, and how they are fetched.
struct RawFiles: Hashable {
  let family: String
  let name: String
  let folder: String

  init?(_ description: DataDescription, in dataFolder: String) {
    guard let raw = description.raw else { return nil }
    (family, name, folder) = (description.family, raw, "\(dataFolder)/raw/\(raw)")
  }

  /// Written when all of them are there.
  var receipt: String { "\(folder)/receipt.json" }

  var download: [String] {
    let options = DataFamily.all.first { $0.name == family }?.downloadOptions(forRaw: name) ?? []
    return ["prepare-\(family)", "download"] + options + ["--raw", folder]
  }
}
