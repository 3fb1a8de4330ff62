import AnalyticResults
import Catalogue
import Foundation
import RunSupport

/// Draws every figure into the folder of its script, as `make figures` does, and reads it back for the page.
package struct ReportFigures {
  private let folder: String
  private let analytic: [String]
  private let page: String
  private let gnuplot: Gnuplot

  /// - Parameters:
  ///   - folder: holds a folder of plotting scripts for each paper, and receives the figures.
  ///   - analytic: folders of the CSV files of results that need no training; the first that has those of a result counts.
  ///   - page: the page's own path, from which pictures beside it are named.
  package init(folder: String, analytic: [String], page: String, gnuplot: Gnuplot) {
    (self.folder, self.analytic, self.page, self.gnuplot) = (folder, analytic, page, gnuplot)
  }

  /// - Throws: `StageError` if gnuplot or a script fails, or a file cannot be read or written.
  package func views(_ inputs: ReportInputs) throws -> [FigureView] {
    let definitions = FigureList.all(inputs.catalogue)
    return try AnalyticResults.all.enumerated().map { try view($1, prefix: "a\($0)") }
      + inputs.presets.flatMap { preset in
        try definitions.enumerated().compactMap { try view($1, inputs, preset, prefix: "\(preset.rawValue.prefix(1))\($0)") }
      }
  }

  private func view(_ result: any AnalyticResult, prefix: String) throws -> FigureView {
    let input = analytic.first { !AnalyticResults.tableNames(of: result, in: $0).isEmpty }
    let files = try input.map { try AnalyticFigure.draw(result, input: $0, output: folder, gnuplot: gnuplot) } ?? []
    return FigureView(
      paper: ReportPaper(folder: result.paper.rawValue), name: result.name, title: result.title,
      svg: try files.last.map { try markup($0.path, prefix: prefix) }, commands: input == nil ? [result.command] : [])
  }

  /// Nil where the catalogue has nothing for it.
  private func view(_ definition: FigureDefinition, _ inputs: ReportInputs, _ preset: Preset, prefix: String) throws -> FigureView? {
    let figure = try definition.figure(inputs.catalogue, preset: preset, runs: inputs.runs, limits: inputs.limits(preset))
    guard !figure.isEmpty else { return nil }
    let picture = figure.isBlank ? nil : try figure.write(to: folder, gnuplot: gnuplot).last?.path
    let isDrawing = definition.format == .svg
    return FigureView(
      paper: ReportPaper(folder: definition.folder), name: definition.name, title: definition.title, preset: preset.rawValue,
      svg: isDrawing ? try picture.map { try markup($0, prefix: prefix) } : nil,
      pictureAddress: isDrawing ? nil : picture.map(address),
      showsPictures: definition.name.hasSuffix("-pictures") || definition.name.hasSuffix("-film"),
      commands: figure.commands, reasons: figure.reasons)
  }

  private func markup(_ path: String, prefix: String) throws -> String {
    let text = String(decoding: try InputFile.data(path, fix: "run make figures"), as: UTF8.self)
    return InlineSVG.markup(of: text, prefix: prefix + "-")
  }

  /// The address of a file as the page names it, from its own folder.
  private func address(_ path: String) -> String {
    func parts(_ path: String) -> [String] { URL(fileURLWithPath: path).standardizedFileURL.pathComponents }
    let (start, target) = (
      parts((page as NSString).deletingLastPathComponent.isEmpty ? "." : (page as NSString).deletingLastPathComponent), parts(path)
    )
    let common = zip(start, target).prefix { $0 == $1 }.count
    let way = Array(repeating: "..", count: start.count - common) + target.dropFirst(common)
    return way.map { $0.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? $0 }.joined(separator: "/")
  }
}

extension Figure {
  /// Whether every panel is an empty frame.
  var isBlank: Bool { panels.allSatisfy { !$0.command.isEmpty || !$0.reason.isEmpty } }
}
