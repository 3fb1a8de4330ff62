import Datasets
import Vocabulary

/// How prepared data is made: which tool, from what, with which options. The catalogue may only name data that has a recipe.
package struct DataRecipe: Sendable {
  /// `make data-FAMILY` prepares its data.
  package let family: String
  package let variant: String
  /// Whether raw files must be downloaded first; otherwise a generator makes the data.
  package let needsDownload: Bool
  /// Keys of `data.parameters`; each becomes an option of the tool.
  package let parameterNames: [String]
  /// Options that are always given.
  let options: [String]
  /// Folder below `data/raw` and entry in `data/sources.yaml`; the family if nil.
  var rawName: String?
  /// Options of `download`.
  package var downloadOptions: [String] = []

  package var tool: String { "prepare-\(family)" }

  /// Folder of the raw files below `data/raw`, which `make download-RAW` fetches.
  package var raw: String { rawName ?? family }

  package static let all = others + pathfinder + sequences

  private static let others = [
    DataRecipe(
      family: "lra", variant: "listops-generated", needsDownload: false,
      parameterNames: ["train", "validation", "test", "minimumLength", "maximumLength", "seed"],
      options: ["--task", "listops", "--source", "generated"]),
    DataRecipe(
      family: "lra", variant: "listops-released", needsDownload: true, parameterNames: [],
      options: ["--task", "listops", "--source", "released"]),
    DataRecipe(
      family: "cifar10", variant: "gray", needsDownload: true, parameterNames: [], options: ["--variant", "gray"]),
    DataRecipe(
      family: "celeba", variant: "generated", needsDownload: false,
      parameterNames: ["height", "width", "train", "validation", "test", "seed"], options: ["--source", "generated"]),
    DataRecipe(
      family: "celeba", variant: "released", needsDownload: true, parameterNames: ["height", "width", "limit"],
      options: ["--source", "released"]),
    DataRecipe(
      family: "moving-mnist", variant: "original", needsDownload: true,
      parameterNames: ["frames", "train", "validation", "test", "seed", "digits", "speed"], options: ["--variant", "original"]),
    DataRecipe(
      family: "moving-mnist", variant: "coloured", needsDownload: true,
      parameterNames: ["frames", "train", "validation", "test", "seed", "fastSpeed", "slowSpeed"], options: ["--variant", "coloured"]),
    DataRecipe(family: "moving-mnist", variant: "digits", needsDownload: true, parameterNames: [], options: ["--variant", "digits"]),
  ]

  /// The recipe of a configuration that was read from the catalogue.
  package static func of(_ data: DataSpecification) -> DataRecipe? {
    all.first { $0.family == data.family && $0.variant == data.variant }
  }

  /// Arguments of `preprocess` without `--raw` and `--output`.
  package func arguments(for data: DataSpecification) -> [String] {
    options + parameterNames.flatMap { ["--\(Self.optionName($0))", "\(data.parameters[$0] ?? 0)"] }
  }

  /// The variant's folders as a Make pattern, whatever the values of the parameters.
  package var folderPattern: String { parameterNames.isEmpty ? variant : variant + "-%" }

  /// `arguments` for the pattern: Make reads the values from the folder's name.
  package var patternArguments: [String] { parameterNames.isEmpty ? options : options + ["$(folder_options)"] }

  /// `minimumLength` → `minimum-length`.
  private static func optionName(_ parameter: String) -> String {
    parameter.reduce(into: "") { text, letter in
      text += letter.isUppercase ? "-\(letter.lowercased())" : String(letter)
    }
  }
}
