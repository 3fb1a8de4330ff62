import Datasets
import Foundation
import RunSupport

/// How a variant of prepared data is made.
package struct DataRecipe: Sendable {
  /// What it is made with.
  package struct Inputs: Sendable {
    /// Every parameter of the variant.
    package var parameters: [String: Int]
    /// Folder of the raw files.
    package var raw: String
    /// The prepared folder.
    package var output: String
    package var threadCount: Int

    package init(
      parameters: [String: Int], raw: String, output: String, threadCount: Int = ProcessInfo.processInfo.activeProcessorCount
    ) {
      self.parameters = parameters
      self.raw = raw
      self.output = output
      self.threadCount = threadCount
    }

    subscript(name: String) -> Int { parameters[name] ?? 0 }

    /// Records of each split, for generators.
    var counts: [Split: Int] { [.train: self["train"], .validation: self["validation"], .test: self["test"]] }
  }

  package let variant: DataVariant
  /// What its family's choices say where they mean it: `task` listops, `source` generated.
  package let choices: [String: String]
  /// The raw files that a download for it fetches.
  package let files: [String]
  private let completing: @Sendable ([String: Int]) throws -> [String: Int]
  private let making: @Sendable (Inputs) throws -> DatasetCard

  /// - Parameters:
  ///   - name: of a declared variant.
  ///   - completing: adds the parameters whose usual value depends on the others.
  init(
    _ name: String, of family: String, choices: [String: String], files: [String] = [],
    completing: @escaping @Sendable ([String: Int]) throws -> [String: Int] = { $0 },
    making: @escaping @Sendable (Inputs) throws -> DatasetCard
  ) {
    guard let variant = DataVariant.named(name, of: family) else { preconditionFailure("no variant \(family)/\(name) is declared") }
    (self.variant, self.choices, self.files, self.completing, self.making) = (variant, choices, files, completing, making)
  }

  /// The data of these parameters, with the usual value of every other one.
  ///
  /// - Parameter given: those of other variants are passed over.
  /// - Throws: `StageError` (`badConfiguration`) for impossible values.
  package func description(_ given: [String: Int]) throws -> DataDescription {
    let pairs = variant.parameters.compactMap { parameter in (given[parameter.name] ?? parameter.usual).map { (parameter.name, $0) } }
    let parameters = try completing(Dictionary(pairs) { first, _ in first })
    return DataDescription(family: variant.family, variant: variant.name, parameters: parameters)
  }

  /// Makes the prepared folder. A raw file that it cannot read is noted, so that another one may take its place.
  ///
  /// - Throws: `StageError`: `badConfiguration` for impossible parameters, `missingInput` and `badData` for raw files, `inputOutput`.
  @discardableResult
  package func make(_ inputs: Inputs) throws -> DatasetCard {
    do {
      return try making(inputs)
    } catch let error as StageError {
      RefusedFiles.note(error, raw: inputs.raw)
      throw error
    }
  }
}
