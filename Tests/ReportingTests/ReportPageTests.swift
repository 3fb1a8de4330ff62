import Catalogue
import Foundation
import RunFixtures
import Reporting
import RunSupport
import Runs
import TestSupport
import Testing

/// What the page of all results shows, and that nothing in it becomes markup.
@Suite(.temporaryFolder) struct ReportPageTests {
  private func html(
    _ catalogue: ExperimentCatalogue, _ presets: [Preset] = [.smoke], figures: [FigureView] = [], claimed: ExperimentCatalogue? = nil
  ) throws -> String {
    let runs = FinishedRuns(results: folder, checkingFilesOf: presets)
    // Claims name experiments of the whole catalogue.
    let all = try claimed ?? ExperimentCatalogue.shared()
    let evidence = ClaimEvidence(catalogue: all, runs: runs, analytic: [])
    let ledger = try Ledger(all, evidence: evidence, machines: [try .all(inFile: "\(Fixtures.repository)/docs/step-times.csv")[0]])
    let page = try ReportPage(ReportInputs(catalogue: catalogue, runs: runs, ledger: ledger, presets: presets), figures: figures)
    return try ReportTemplates(folder: "\(Fixtures.repository)/report").render(page)
  }

  /// The text between two marks.
  private func part(_ html: String, from start: String, to end: String) throws -> String {
    let open = try #require(html.firstRange(of: start), "\(start)")
    return String(html[open.lowerBound..<(html[open.upperBound...].firstRange(of: end)?.lowerBound ?? html.endIndex)])
  }

  @Test("a table has ours above the published number, and a cell without a run leads to its command") func table() throws {
    let html = try html(try fixtureResults())
    let table = try part(html, from: "id=\"t-dfout-table-1-smoke\"", to: "</details>")
    #expect(table.contains("href=\"#e-dfout-lra-listops-s4d-lin-smoke\">30.00 ± 7.07 (2) †</a>"), "\(table)")
    #expect(
      table.contains("published</span> 60.52</span>") && table.contains("sizes differ</span> <span class=\"difference\">−30.52</span>"))
    #expect(table.contains("<a class=\"missing\" href=\"#e-dfout-lra-image-s4d-lin-smoke\">no run</a>"))
    let row = try part(html, from: "<tr id=\"e-dfout-lra-image-s4d-lin-smoke\"", to: "</tr>")
    #expect(row.contains("data-state=\"missing\"") && row.contains("make run EXPERIMENT=dfout-lra-image-s4d-lin SEED=1 PRESET=smoke"))
  }

  @Test("every run has its curves, where it comes from and what was run") func run() throws {
    let html = try html(try fixtureResults())
    #expect(
      html.contains("<strong>3</strong> finished runs") && html.contains("<strong>2 of 3</strong> experiments have run at preset smoke"))
    let run = try part(html, from: "<tbody id=\"r-own-dfout-lra-listops-s4d-lin-smoke-2\"", to: "</tbody>")
    #expect(run.components(separatedBy: "<svg class=\"curves\"").count == 3, "loss and accuracy")
    #expect(run.contains("validation from 15.00 to 35.00, chance 12.50"), "\(run)")
    for text in [
      "0123456789abcdef0123 with uncommitted changes", "lra/some/card.json (cafecafecafe)", "feedfeedfeedfeed", "unofficial data",
      "uncommitted code",
    ] {
      #expect(run.contains(text), "\(text)")
    }
    #expect(run.contains("\n  layerCount: ") && run.contains("SEED=2 PRESET=smoke AGAIN=1"))
  }

  @Test("each preset has its own lines, and a table without any result stands once") func presets() throws {
    let html = try html(try fixtureResults(), [.smoke, .paper])
    #expect(html.contains("id=\"e-dfout-lra-listops-s4d-lin-paper\"") && html.contains("id=\"e-dfout-lra-listops-s4d-lin-smoke\""))
    #expect(html.contains("id=\"t-dfout-table-1-smoke\"") && !html.contains("id=\"t-dfout-table-1-paper\""))
    #expect(html.contains("id=\"t-dfout-table-2-paper\"") && !html.contains("id=\"t-dfout-table-2-smoke\""))
  }

  @Test("at preset paper the verdict has a sign, a colour and a word") func verdict() throws {
    let catalogue = try smallCatalogue()
    let listOps = try catalogue.resolve(id: "dfout-lra-listops-s4d-lin", preset: .paper)
    for seed in [1, 2, 3] as [UInt64] {
      try writeRun(of: listOps, seed: seed, value: 0.3 + 0.001 * Double(seed), unofficialData: false, results: folder) { $0.dirty = false }
    }
    let html = try html(catalogue, [.paper])
    let row = try part(html, from: "<tr id=\"e-dfout-lra-listops-s4d-lin-paper\"", to: "</tr>")
    #expect(
      row.contains("data-verdict=\"worse\"") && row.contains("<span class=\"verdict worse\"><span aria-hidden=\"true\">▼</span> worse"),
      "\(row)")
    #expect(html.contains("Compared: 1 result in"))
  }

  @Test("the ledger comes first: a claim with its numbers, its verdict as sign and word, and the command that makes them again")
  func ledger() throws {
    let fixture = try ClaimFixture(rule: ClaimFixture.better, in: folder)
    try fixture.write(ClaimFixture.lin, [0.30, 0.31], in: folder)
    try fixture.write(ClaimFixture.hope, [0.50, 0.51], in: folder)
    let html = try html(fixture.catalogue, claimed: fixture.catalogue)
    let row = try part(html, from: "<tr id=\"claim-B6\"", to: "</tr>")
    #expect(row.contains("data-verdict=\"reproduced\"") && row.contains("<span aria-hidden=\"true\">✓</span> reproduced</span>"), "\(row)")
    #expect(
      row.contains("S4D-Lin: 0.305 ± ") && row.contains("<strong>holds</strong>") && row.contains("<code>make claim CLAIM=B6</code>"),
      "\(row)"
    )
    let (first, second) = try (#require(html.firstRange(of: "id=\"findings\"")), #require(html.firstRange(of: "id=\"dfout\"")))
    #expect(first.lowerBound < second.lowerBound)
  }

  @Test("nothing that a run or a figure says becomes markup, and control characters go") func escaping() throws {
    let catalogue = try fixtureResults()
    let tiny = try catalogue.resolve(id: "tiny-listops-s4d-lin", preset: .smoke)
    try writeRun(of: tiny, seed: 7, value: 0.5, unofficialData: false, results: folder) { summary in
      summary.revision = "<script>alert('x')</script>\u{1B}"
      summary.dataCards = [RunSummary.DataCard(path: "\"><img src=x onerror=y>", sha256: "{{pageTitle}}")]
    }
    let html = try html(catalogue)
    #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\u{FFFD}") && !html.contains("<script>alert"))
    #expect(html.contains("&quot;&gt;&lt;img src=x onerror=y&gt; ({{pageTitle})") && !html.contains("<img"))
  }

  @Test("without runs it says how to get them; the same results give the same bytes") func empty() throws {
    let catalogue = try smallCatalogue()
    #expect(try html(catalogue).contains("No run is finished. <code>make quickstart</code>"))
    #expect(try html(catalogue) == html(catalogue))
  }

  @Test("a folder without templates and a template with a mistake are named") func templates() throws {
    let missing = try #require(stageError { _ = try ReportTemplates(folder: folder) })
    #expect(missing.code == .missingInput && missing.location == folder)
    try AtomicFile.write("{{#open}}", to: "\(folder)/page.mustache")
    let wrong = try #require(stageError { _ = try ReportTemplates(folder: folder) })
    #expect(wrong.code == .badData && wrong.location == "\(folder)/page.mustache")
  }
}
