import Arrays
import Catalogue
import Foundation
import RunSupport
import Runs
import SequenceModels
import Vocabulary

/// The trained model of a finished run as a folder that PyTorch alone can use: weights, what is no weight, a program that rebuilds the model,
/// an example by which it checks itself, and a page for its reader.
package struct ModelExport {
  let run: FinishedRun
  let configuration: ExperimentConfiguration
  let blocks: BlocksSpecification
  /// The file of the best weights.
  let weights: String

  /// Makes ready to export the best weights of a run.
  ///
  /// - Throws: `StageError`: `badConfiguration` for a model that is not rebuilt in PyTorch, `missingInput` for a run without weights, `badData`
  ///   if a file of the run has changed or its configuration cannot be read.
  package init(_ run: FinishedRun) throws {
    self.run = run
    guard let configuration = run.configuration else {
      throw StageError(
        .badData, "the configuration of the run cannot be read", where: "\(run.directory)/configuration.json",
        why: "it is missing or in another version's words", fix: "make the run again with this version")
    }
    guard let blocks = configuration.model.blocks else {
      throw Self.refusal(
        run, "its model is of the kind \(configuration.model.kind.rawValue)",
        fix: "choose a run whose model has layers of S4D, TFB, HOPE or DFouT; docs/checkpoints.md says what the arrays of the others mean")
    }
    guard (configuration.training.probe ?? .whole).samplingRate == 1 else {
      throw Self.refusal(run, "it was trained on every r-th step of its samples", fix: "choose a run that was trained on all steps")
    }
    (self.configuration, self.blocks) = (configuration, blocks)
    weights = "\(run.directory)/\(run.bestWeights)"
    guard FileManager.default.fileExists(atPath: weights) else {
      let summary = run.summary
      throw StageError(
        .missingInput, "the run has no weights", where: weights,
        why: run.origin == .shipped ? "runs that came with the repository are numbers alone" : "the file does not exist",
        fix: "make run EXPERIMENT=\(summary.experiment) SEED=\(summary.seed) PRESET=\(summary.preset.rawValue)"
          + (run.origin == .own ? " AGAIN=1" : "") + " trains it here")
    }
    try RunSummary.check(file: weights)
  }

  private static func refusal(_ run: FinishedRun, _ why: String, fix: String) -> StageError {
    StageError(.badConfiguration, "this model cannot be exported", where: run.directory, why: why, fix: fix)
  }

  /// Names of the files, in the order in which they are written.
  private enum File {
    static let program = "model.py", weights = "weights.safetensors", configuration = "configuration.json", card = "data-card.json"
    static let example = "example.safetensors", page = "README.md"
  }

  /// Writes every file of the folder, the page last. Equal runs give equal bytes.
  ///
  /// - Parameters:
  ///   - program: the file that rebuilds the model, `scripts/pytorch/model.py`.
  ///   - preparedData: where the card of the run's data is looked for, which says what the inputs went through.
  /// - Returns: the names of the files.
  /// - Throws: `StageError`: `missingInput` without the program, `badData` for weights of another model, `inputOutput`.
  package func write(to folder: String, program: String, preparedData: String) throws -> [String] {
    let example = try ModelExample(configuration, weights: weights)
    let card = try dataCard(preparedData)
    var files = [
      File.program: try InputFile.data(program, fix: "name it with --program; it is scripts/pytorch/model.py of the repository"),
      File.weights: try InputFile.data(weights, fix: "make the run again"),
      File.configuration: Data(try JSONText.encode(configuration).utf8),
    ]
    files[File.card] = card
    for (name, content) in files.sorted(by: { $0.key < $1.key }) { try AtomicFile.writeIfChanged(content, to: "\(folder)/\(name)") }
    try SafetensorsFile.write(example.entries, to: "\(folder)/\(File.example)")
    let page = try ModelPage(self, example: example, card: card)
    try AtomicFile.writeIfChanged(page.markdown, to: "\(folder)/\(File.page)")
    return files.keys.sorted() + [File.example, File.page]
  }

  /// The card of the data that the run read; nil where they are not there, or were prepared differently since.
  private func dataCard(_ preparedData: String) throws -> Data? {
    guard let wanted = run.summary.dataCards.first, let data = FileManager.default.contents(atPath: "\(preparedData)/\(wanted.path)") else {
      return nil
    }
    return FileHash.hex(of: data) == wanted.sha256 ? data : nil
  }
}
