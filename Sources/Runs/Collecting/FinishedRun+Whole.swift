import Foundation
import RunSupport

extension FinishedRun {
  /// Compares all of a run's files, best weights included, with its summary, and the summary with what the run says of itself elsewhere.
  ///
  /// - Parameter folder: the run's, or that of a copy.
  /// - Throws: `StageError` (`badData`, `missingInput`) naming the first that is missing or not what the run wrote; `inputOutput`.
  func checkWhole(in folder: String) throws {
    let copy = RunDirectory(path: folder)
    for name in (summary.files ?? [:]).keys.sorted() where name.wholeMatch(of: /(checkpoints\/)?[A-Za-z0-9][A-Za-z0-9._-]*/) == nil {
      throw refusal(copy.summary, "a summary names a file outside of its run", "it is \(name)")
    }
    guard try RunSummary(inFolder: folder) == summary else {
      throw refusal(copy.summary, "a summary has changed", "it was read before with other content")
    }
    try summary.checkFiles(in: folder)
    for name in (summary.files ?? [:]).keys.sorted() where name.hasPrefix("checkpoints/") { try RunSummary.check(file: copy.file(name)) }
    try RunSummary.checkAddedTable(in: folder)
    let configuration = FileHash.hex(of: try InputFile.data(copy.configuration, fix: Self.remedy))
    let identity = try JSONText.encode(
      RunDirectory.Identity(configurationSHA256: configuration, seed: summary.seed, dataCards: summary.dataCards))
    guard try InputFile.data(copy.identity, fix: Self.remedy) == Data(identity.utf8) else {
      throw refusal(copy.identity, "a run's identity is not that of its summary", "configuration, seed or data are others")
    }
    let provenance = try JSONText.decode(Provenance.self, fromFile: copy.provenance, madeBy: "make run")
    guard provenance.sittings.last?.fingerprint == summary.fingerprint else {
      throw refusal(
        copy.provenance, "a run's numeric fingerprint is not that of its summary",
        "it says \(provenance.sittings.last?.fingerprint ?? "none"), the summary \(summary.fingerprint)")
    }
  }

  private static let remedy = "restore the file, or make the run again"

  private func refusal(_ path: String, _ what: String, _ why: String) -> StageError {
    StageError(.badData, what, where: path, why: why, fix: Self.remedy)
  }
}
