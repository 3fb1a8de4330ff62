import ArgumentParser
import Foundation
import RunPlanning
import RunSupport

/// For which machines the ledger of claims computes hours.
package struct LedgerHours: ParsableArguments {
  @Option(help: "Measured times of a step that the project ships.", completion: .file()) var stepTimes = "docs/step-times.csv"
  @Option(help: "Computed times of a step on a GPU.", completion: .file()) var budget = "docs/accelerator-budget.csv"

  package init() {}

  /// The measured one with AVX2 code, and a GPU where its times are there.
  ///
  /// - Throws: `StageError` if a file cannot be read or the first holds none.
  package func machines() throws -> [Machine] {
    guard let machine = try Machine.all(inFile: stepTimes).first(where: { $0.name.contains("AVX2") }) else {
      throw StageError(
        .badData, "no machine with AVX2 code was measured", where: stepTimes, why: "the ledger's hours are for one", fix: "restore the file"
      )
    }
    return [machine] + (FileManager.default.fileExists(atPath: budget) ? try Machine.all(inFile: budget).prefix(1) : [])
  }
}
