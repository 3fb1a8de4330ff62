import Catalogue

extension Experiment {
  /// Where its resolved configuration lies, which `train-model` reads.
  ///
  /// - Parameter results: the folder with `resolved`.
  func resolvedFile(results: String) -> String { "\(results)/resolved/\(id)/\(preset.rawValue).json" }
}

extension [Claim] {
  /// Options of `train-model`: the claims that a run helps to decide, with the hashes of their rules.
  func options(for experiment: Experiment) -> [String] {
    filter { $0.reads(experiment) }.flatMap { claim in claim.rule.map { ["--claim", "\(claim.id)=\($0.sha256)"] } ?? [] }
  }
}
