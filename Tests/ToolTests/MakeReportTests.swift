import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

/// `make-report` from results to a page, and the page in a browser.
@Suite(.temporaryFolder) struct MakeReportTests {
  /// A few runs whose summaries are made up, and the page of them.
  private func makePage(_ options: String...) throws -> String {
    let catalogue = try ExperimentCatalogue.shared()
    for (id, value) in [("tiny-listops-s4d-lin", 0.4), ("tiny-listops-hope", 0.5), ("dfout-lra-image-s4d-lin", 0.3)] {
      for seed in 1...2 as ClosedRange<UInt64> {
        let experiment = try catalogue.resolve(id: id, preset: .smoke)
        try RunSummary.fixture(experiment, seed: seed, value: value + 0.01 * Double(seed)).write(results: folder)
        let run = "\(folder)/runs/\(FinishedRun.relativePath(experiment: id, preset: .smoke, seed: seed))"
        try AtomicFile.write(
          "epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds\n"
            + (1...4).map { "\($0),10,0.01,\(2.0 / Double($0)),0.\($0),2,0.\($0),1\n" }.joined(), to: "\(run)/metrics.csv")
      }
    }
    try Fixtures.copyPlottingScripts(to: "\(folder)/figures")
    let page = "\(folder)/page/report.html"
    let result = try BuiltTool.succeed(
      "make-report",
      [
        "--results", folder, "--figures", "\(folder)/figures", "--templates",
        "\(Fixtures.repository)/report", "--output", page,
      ]
        + options)
    #expect(result.output == "\(page): written\n")
    return page
  }

  @Test("it takes the presets that have runs, draws what has run, and names what has not") func page() throws {
    let html = try String(contentsOfFile: try makePage(), encoding: .utf8)
    #expect(html.contains("preset smoke") && !html.contains("data-preset=\"paper\""))
    #expect(html.contains("<figure id=\"f-learning-curves-tiny-smoke\"") && html.contains("<svg width="))
    #expect(html.contains("<li id=\"f-tfb-poles\"") && html.contains("<code>make reproduce-analytic</code>"))
    #expect(FileManager.default.fileExists(atPath: "\(folder)/figures/house/learning-curves-tiny-smoke.svg"))
  }

  @Test("a folder without templates ends it") func noTemplates() throws {
    try BuiltTool.refuse("make-report", ["--templates", folder, "--output", "\(folder)/page.html"], status: 66, "no templates of the page")
  }

  @Test(
    "in Chromium, narrow and wide, dark and light: no error, and search, filters, order, links and explorer work",
    .enabled(if: JavaScript.chromium != nil, "Chromium is not installed"))
  func browser() throws {
    let result = try ProcessResult.run("/bin/bash", ["\(Fixtures.repository)/scripts/check-report.sh", try makePage()])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.split(separator: "\n").count == 2, "\(result.output)")
  }

  @Test("the check finds a broken page", .enabled(if: JavaScript.chromium != nil, "Chromium is not installed")) func brokenPage() throws {
    let page = try makePage()
    let html = try String(contentsOfFile: page, encoding: .utf8)
    try AtomicFile.write(html.replacing("href=\"#runs\"", with: "href=\"#nowhere\""), to: page)
    let result = try ProcessResult.run("/bin/bash", ["\(Fixtures.repository)/scripts/check-report.sh", page])
    #expect(result.status == 1 && result.errors.contains("a link to nothing: #nowhere"), "\(result)")
  }
}
