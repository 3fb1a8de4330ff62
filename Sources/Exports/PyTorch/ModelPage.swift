import Arrays
import Datasets
import Documents
import Foundation
import RunSupport
import Runs
import SequenceModels
import Vocabulary

/// What a reader of an exported model must know: where it comes from, how it is loaded, what goes in and out, and its arrays.
struct ModelPage {
  let markdown: String

  /// - Parameter card: the bytes of the data's card, if it lies beside the page.
  /// - Throws: `StageError` (`badData`) for a card or weights that cannot be read.
  init(_ export: ModelExport, example: ModelExample, card: Data?) throws {
    let summary = export.run.summary
    let card = try card.map { try JSONText.decode(DatasetCard.self, from: $0, of: "data-card.json", madeBy: "the preparation of the data") }
    markdown = """
      # \(summary.experiment), preset \(summary.preset.rawValue), seed \(summary.seed)

      The weights of epoch \(summary.bestEpoch) of \(summary.epochs), which was the best on the validation split: test \(summary.metric.rawValue) \
      \(summary.metric.text(summary.value)) on \(summary.testCount) samples. Trained by ssm-repro at revision `\(summary.revision)`\
      \(summary.dirty ? " with changes" : "").

      | file | content |
      |---|---|
      | `model.py` | the model as a `torch.nn.Module`; it needs PyTorch alone |
      | `weights.safetensors` | its arrays, float32 |
      | `configuration.json` | what is no weight, and how the model was trained |
      | `example.safetensors` | \(example.input.documentCount == 2 ? "two random pairs" : "two random samples") and the outputs of the program \
      that trained the model |
      \(card == nil ? "" : "| `data-card.json` | what the data are: normalisation, vocabulary, sources |\n")
      ```
      python model.py    # compares its outputs for the example; 1e-5 is the most that they may differ
      ```

      ```python
      import torch
      from model import load

      model = load(".")
      \(Self.inputs(example.input))
      with torch.no_grad():
          outputs = model(inputs\(Self.isOfTokens(example.input) ? ", lengths" : ""))    # [2, \(example.input.outputCount)]: \
      \(summary.metric == .accuracy ? "logits of the classes" : "the numbers that it predicts")
      ```

      `safetensors.torch.load_file` reads the weights too, and `load_state_dict` takes them under the same names. The model has no dropout, and
      batch norms keep the means and variances of their training.

      ## Inputs

      \(Self.preparation(example.input, card, summary))\(Self.padding(example.input, export))

      ## Arrays

      \(try Self.arrays(export.weights))
      """
  }

  private static func isOfTokens(_ input: InputDescription) -> Bool { if case .tokens = input.kind { true } else { false } }

  private static func inputs(_ input: InputDescription) -> String {
    switch input.kind {
    case .tokens(let size) where input.documentCount == 2:
      "inputs = torch.randint(1, \(size), (4, 100))    # [2B, L]: all first documents, then all second ones; 0 behind shorter ones\n"
        + "lengths = torch.tensor([100, 80, 100, 90])"
    case .tokens(let size):
      "inputs = torch.randint(1, \(size), (2, 100))    # [B, L], 0 behind shorter sequences\nlengths = torch.tensor([100, 80])"
    case .values(let channels): "inputs = torch.randn(2, \(channels), 1000)    # [B, channels, L]"
    case .frames: ""
    }
  }

  private static func preparation(_ input: InputDescription, _ card: DatasetCard?, _ summary: RunSummary) -> String {
    guard let card else {
      let data = summary.dataCards.first
      return
        "The model was trained on `\(data?.path ?? "unknown data")` (SHA-256 `\(data?.sha256 ?? "")`), which was not at hand when this "
        + "folder was made; that file says what the inputs went through."
    }
    if isOfTokens(input) {
      return "A token is the place of its word in `vocabulary` of `data-card.json`, from 0; \(card.vocabulary.count) words, of which 0 is "
        + "the padding. Sequences of up to \(card.sequenceLength) tokens."
    }
    let steps = "Sequences of \(card.sequenceLength) steps"
    guard let rule = card.normalization else { return "\(steps), values as they are." }
    if rule.isPerStep == true {
      return
        "\(steps). Each value x is (x · \(rule.scale) − mean) / deviation with a mean and deviation of its own for each step, which lie "
        + "with the prepared data in `step-mean.npy` and `step-deviation.npy`."
    }
    return "\(steps). Each value x is (x · \(rule.scale) − mean) / deviation, by channel: "
      + zip(rule.mean, rule.deviation).map { "mean \($0), deviation \($1)" }.joined(separator: "; ") + "."
  }

  /// How long batches of sequences of several lengths are.
  private static func padding(_ input: InputDescription, _ export: ModelExport) -> String {
    guard isOfTokens(input) else { return "" }
    let rule =
      export.configuration.training.paddingMultiple.map { "the smallest multiple of \($0) that holds its longest sequence" }
      ?? "as long as its longest sequence"
    return
      "\n\nIn training a batch was \(rule). HOPE's circle, TFB's filter and statistics of norms see that length, so outputs depend on it a little."
  }

  private static func arrays(_ path: String) throws -> String {
    let file = try SafetensorsFile(path: path)
    let rows = try file.names.map { name in ["`\(name)`", "[\(try file.tensor(name).shape.map(String.init).joined(separator: ", "))]"] }
    return MarkdownText.table(["name", "shape"], rows)
      + "\nComplex arrays (`B`, `C`, `h`) have a last axis of two, real and imaginary part. What each array stands for: `model.py`.\n"
  }
}
