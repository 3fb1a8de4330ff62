import ArgumentParser
import RunPlanning
import RunSupport

/// For which machine the ledger of claims computes hours.
package struct LedgerHours: ParsableArguments {
  @Option(help: "Measured times of a step that the project ships.", completion: .file()) var stepTimes = "docs/step-times.csv"

  package init() {}

  /// The measured one with AVX2 code.
  ///
  /// - Throws: `StageError` if the file cannot be read or holds none.
  package func machine() throws -> Machine {
    guard let machine = try Machine.all(inFile: stepTimes).first(where: { $0.name.contains("AVX2") }) else {
      throw StageError(
        .badData, "no machine with AVX2 code was measured", where: stepTimes, why: "the ledger's hours are for one", fix: "restore the file"
      )
    }
    return machine
  }
}
