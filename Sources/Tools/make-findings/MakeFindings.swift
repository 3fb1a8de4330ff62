import ArgumentParser
import Catalogue
import Documents
import ExperimentOptions
import Reporting
import RunSupport
import Runs
import ToolSupport

@main struct MakeFindings: Tool {
  static let configuration = CommandConfiguration(
    commandName: "make-findings", abstract: "Decides every claim of the papers by finished runs and analytic tables.",
    discussion: """
      Writes the ledger: evidence, verdict, what would decide it, and the command that makes the numbers again; and its count into the \
      README, between `<!-- ledger -->` and `<!-- /ledger -->`. With --claim it prints one row instead.
      """)

  @Option(help: "Print the row of this claim, such as B6, and write nothing.") var claim: String?
  @Option(help: "File to write.", completion: .file()) var output = "docs/findings.md"
  @Option(help: "Page that shows the count; without it none.", completion: .file()) var readme: String?
  @OptionGroup var hours: LedgerHours
  @OptionGroup var finished: FinishedRunOptions

  func run() throws {
    let (catalogue, runs) = try finished.load(nil, warn: Self.warn)
    let machines = try hours.machines()
    let evidence = ClaimEvidence(catalogue: catalogue, runs: runs, analytic: finished.analyticFolders)
    let ledger = try Ledger(catalogue, evidence: evidence, machines: machines)
    if let claim {
      guard let row = ledger.rows.first(where: { $0.claim.id == claim }) else {
        throw StageError(
          .usage, "there is no claim \(claim)", where: "--claim",
          why: "the claims are \(ledger.rows.map(\.claim.id).joined(separator: ", "))", fix: "name one of them")
      }
      return print(row.text)
    }
    let document = LedgerDocument(ledger, machines: machines.map(\.text))
    var written = WrittenFiles()
    try written.write(document.markdown, to: output)
    if let readme { try written.write(try page(readme, count: document.count), to: readme) }
    print(document.count)
  }

  private func page(_ path: String, count: String) throws -> String {
    let text = String(decoding: try InputFile.data(path, fix: "restore it"), as: UTF8.self)
    if let page = MarkdownText.replacing(part: "ledger", of: text, with: count) { return page }
    throw StageError(
      .badData, "\(path) has no place for the ledger's count", where: path,
      why: "`<!-- ledger -->` and `<!-- /ledger -->` must stand in it once, in this order", fix: "restore them")
  }
}
