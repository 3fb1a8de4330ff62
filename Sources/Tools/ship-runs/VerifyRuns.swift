import ArgumentParser
import ExperimentOptions
import Reporting
import RunSupport
import ToolSupport

struct VerifyRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compares runs made here with the shipped ones of the same experiment, preset and seed.",
    discussion: """
      Shipped files are first compared with their list. A line a run: same bits; within tolerance, or differs, where other code, libraries \
      or processors made it; other data; other configuration. Ends with 65 if a run differs, or has other bits though nothing explains it.
      """)

  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions

  func run() throws {
    let (verifications, shippedCount) = try RunVerification.all(catalogue.load(), results: results.results)
    for verification in verifications { print(verification.line) }
    let counts = verifications.map(\.word).unique().map { word in "\(verifications.count { $0.word == word }) \(word)" }
    let rest = shippedCount - verifications.count
    print(
      "verify: \(shippedCount) shipped runs; "
        + (counts + ["\(rest) not made here"]).joined(separator: ", "))
    guard let failure = verifications.first(where: \.isFailure) else { return }
    throw StageError(
      .badData, "\(verifications.count(where: \.isFailure)) runs made here are not what the shipped ones say", where: failure.path,
      why: failure.line, fix: "run it again with AGAIN=1; docs/evidence.md says how far runs may be apart")
  }
}
