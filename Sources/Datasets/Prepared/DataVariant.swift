import Vocabulary

/// A kind of prepared data that a tool can make: what an experiment may name, and what the folder's name is made of.
///
/// How it is made says the `DataRecipe` of the same family and name.
package struct DataVariant: Sendable {
  /// A whole number that its preparation takes, and its folder's name tells.
  package struct Parameter: Sendable {
    /// Name in a configuration: `minimumLength`, for tools `--minimum-length`.
    package let name: String
    /// What a tool takes if nothing is said; nil if that depends on the others.
    package let usual: Int?
    /// A sentence for the help of tools.
    package let meaning: String

    init(_ name: String, _ usual: Int?, _ meaning: String) {
      self.name = name
      self.usual = usual
      self.meaning = meaning
    }
  }

  /// Folder below `data/prepared`; `make data-FAMILY` prepares its data with the tool `prepare-FAMILY`.
  package let family: String
  package let name: String
  package let parameters: [Parameter]
  /// Folder below `data/raw` and entry in `data/sources.yaml` of the files that it is made of; nil if a generator makes the data.
  package let raw: String?
  /// What a model of blocks learns from it.
  package var answers = AnswerKind.classes
  /// Whether several samples come from one source, as windows of one patient do, so that they are not independent.
  package var hasDependentSamples = false

  package var parameterNames: [String] { parameters.map(\.name) }

  /// The variant of that name; nil if there is none.
  package static func named(_ name: String, of family: String) -> DataVariant? {
    (all + [halfSizeFaces]).first { $0.family == family && $0.name == name }
  }

  static func released(_ names: String..., of family: String, raw: String? = nil, _ parameters: [Parameter] = []) -> [DataVariant] {
    names.map { DataVariant(family: family, name: $0, parameters: parameters, raw: raw ?? family) }
  }

  static func generated(_ names: String..., of family: String, _ parameters: [Parameter]) -> [DataVariant] {
    names.map { DataVariant(family: family, name: $0, parameters: parameters, raw: nil) }
  }
}
