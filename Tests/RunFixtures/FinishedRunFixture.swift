import Catalogue
import RunSupport
import Runs

/// A run's folder as `train-model` leaves it, with made-up numbers, for tests of what is shipped.
package struct FinishedRunFixture {
  package var summary: RunSummary
  package var finishedAt = "2026-01-02T03:04:05Z"
  package var isForced = false
  /// By name; hashes of them stand in the summary.
  package var tables = [
    "metrics.csv":
      "epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds\n1,10,0.01,2.1,0.2,2.0,0.15,1.5\n",
    "ranks.csv": "layer,channel,states,initial_rank,trained_rank\n1,1,64,16,12\n",
    "kernels.csv": "layer,direction,lag,initial,trained\n1,1,0,0.5,0.25\n1,2,0,0.5,0.75\n1,1,300,0.5,0.125\n",
    "hankel.csv": "layer,index,initial_low,initial_median,initial_high,trained_low,trained_median,trained_high\n1,1,1,1,1,1,1,1\n",
    "pictures.csv": "row,column\n0,0\n",
  ]
  /// Beside them, without a hash.
  private static let others = [
    "log.jsonl": "{\"event\":\"begin\"}\n", "checkpoints/best-epoch-0001.safetensors": "weights", "notes.txt": "of a user",
  ]

  package init(_ experiment: Experiment, seed: UInt64, value: Double = 0.5) {
    summary = RunSummary.fixture(experiment, seed: seed, value: value)
  }

  /// Writes the folder.
  ///
  /// - Returns: its path.
  @discardableResult
  package func write(results: String, configuration: ExperimentConfiguration? = nil) throws -> String {
    try summary.write(results: results, configuration: configuration)
    let folder =
      "\(results)/runs/\(FinishedRun.relativePath(experiment: summary.experiment, preset: summary.preset, seed: summary.seed))"
    let sitting = """
      {"startedAt": "2026-01-02T03:00:00Z", "firstStep": 0, "code": {"revision": "\(summary.revision)", "isDirty": false}, "compiler": "c",
       "numerics": {"blas": "b", "blasCore": "c", "cLibrary": "2", "chunkScheme": 4, "fft": "f", "fftPlanning": "p"},
       "processor": "p", "threads": 2, "fingerprint": "\(summary.fingerprint)", "forced": \(isForced)}
      """
    var files = tables
    files["provenance.json"] =
      "{\"sittings\": [\(sitting)], \"dataCards\": [], \"unofficialData\": false, \"finishedAt\": \"\(finishedAt)\"}\n"
    for (name, text) in files.merging(Self.others, uniquingKeysWith: { first, _ in first }) {
      try AtomicFile.write(text, to: "\(folder)/\(name)")
    }
    var whole = summary
    whole.files = try (Array(files.keys) + ["configuration.json"]).reduce(into: [:]) {
      $0[$1] = try FileHash.hex(ofFile: "\(folder)/\($1)")
    }
    try AtomicFile.write(try whole.text(), to: "\(folder)/summary.json")
    return folder
  }
}
