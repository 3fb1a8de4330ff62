import ArgumentParser
import Catalogue
import Foundation
import RunSupport
import ToolSupport

@main struct PlanRuns: Tool {
  static let configuration = CommandConfiguration(
    commandName: "plan-runs", abstract: "Lists, resolves and checks the experiments of the catalogue.",
    subcommands: [
      ListExperiments.self, ResolveExperiment.self, SelectRuns.self, ResolveData.self, ShowStatus.self, ShowPlan.self, ShowCampaign.self,
      ExplainTarget.self, SubmitRuns.self, WorkOnRuns.self, SummarizeFailures.self, WriteMakefile.self, ShowProgress.self,
      WriteFidelity.self, ListDevices.self,
    ])
}

/// Prints rows as columns of equal width, the last one free.
func printColumns(_ rows: [[String]]) {
  let widths = rows.reduce(into: [Int](repeating: 0, count: rows.first?.count ?? 0)) { widths, row in
    for (index, field) in row.enumerated() { widths[index] = max(widths[index], field.count) }
  }
  for row in rows {
    let padded = row.dropLast().enumerated().map { $1 + String(repeating: " ", count: widths[$0] - $1.count) }
    print((padded + [row.last ?? ""]).joined(separator: "  "))
  }
}
