import Catalogue
import RunSupport
import Runs

extension Experiment {
  /// Where its resolved configuration lies, which `train-model` reads.
  ///
  /// - Parameter results: the folder with `resolved`.
  func resolvedFile(results: String) -> String { "\(results)/resolved/\(id)/\(preset.rawValue).json" }

  /// Writes it, unless it is there as it should be.
  func writeResolved(results: String) throws {
    try AtomicFile.writeIfChanged(try JSONText.encode(configuration), to: resolvedFile(results: results))
  }

  /// The call that trains a run, the tool's name first.
  ///
  /// - Parameters:
  ///   - results: the folder with `runs` and `resolved`.
  ///   - data: the folder with `prepared`.
  ///   - threads: nil for all cores.
  ///   - claims: those of which runs note the rule.
  func training(seed: UInt64, results: String, data: String, threads: Int?, claims: [Claim]) -> [String] {
    [
      "train-model", "--configuration", resolvedFile(results: results), "--seed", "\(seed)",
      "--output", "\(results)/runs/\(FinishedRun.relativePath(experiment: id, preset: preset, seed: seed))", "--data", "\(data)/prepared",
    ] + (threads.map { ["--threads", "\($0)"] } ?? []) + claims.options(for: self)
  }
}

extension [Claim] {
  /// Options of `train-model`: the claims that a run helps to decide, with the hashes of their rules.
  func options(for experiment: Experiment) -> [String] {
    filter { $0.reads(experiment) }.flatMap { claim in claim.rule.map { ["--claim", "\(claim.id)=\($0.sha256)"] } ?? [] }
  }
}
