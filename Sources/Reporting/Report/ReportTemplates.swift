import Foundation
import Mustache
import RunSupport

/// The page's templates, style and scripts: files of a folder, so that editing them needs no build.
package struct ReportTemplates {
  private static let main = "page"

  private let library: MustacheLibrary
  private let resources: Resources

  /// What the page holds besides its results.
  private struct Resources {
    let style: String
    let scripts: [Script]
  }

  private struct Script {
    let scriptText: String
  }

  private struct Root {
    let page: ReportPage
    let resources: Resources
  }

  /// Reads `*.mustache`, `*.css` and `*.js`, each kind in the order of names.
  ///
  /// - Throws: `StageError`: `missingInput` without the folder or the main template, `badData` for a template that cannot be understood.
  package init(folder: String) throws {
    let names = try InputFile.names(inFolder: folder).filter { !$0.hasPrefix(".") }
    guard names.contains("\(Self.main).mustache") else {
      throw StageError(
        .missingInput, "no templates of the page", where: folder, why: "it holds no \(Self.main).mustache",
        fix: "restore it from the repository")
    }
    func texts(_ ending: String) throws -> [(name: String, text: String)] {
      try names.filter { $0.hasSuffix(ending) }.map { name in
        let data = try InputFile.data("\(folder)/\(name)", fix: "restore it from the repository")
        return (String(name.dropLast(ending.count)), String(decoding: data, as: UTF8.self))
      }
    }
    var library = MustacheLibrary()
    for (name, text) in try texts(".mustache") {
      do {
        // What a part ends with would stand in the middle of a line.
        try library.register(name == Self.main || !text.hasSuffix("\n") ? text : String(text.dropLast()), named: name)
      } catch {
        throw StageError(
          .badData, "a template of the page is wrong", where: "\(folder)/\(name).mustache", why: "\(error)", fix: "correct it")
      }
    }
    self.library = library
    resources = Resources(
      style: try texts(".css").map(\.text).joined(separator: "\n"), scripts: try texts(".js").map { Script(scriptText: $0.text) })
  }

  /// The page's HTML; equal contents give equal bytes.
  package func render(_ page: ReportPage) -> String {
    library.render(Root(page: page, resources: resources), withTemplate: Self.main) ?? ""
  }
}
