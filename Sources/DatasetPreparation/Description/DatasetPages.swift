import Documents
import Foundation
import RunSupport

/// Web pages that show every prepared dataset to a person, so that data are looked at before anything is trained on them.
package enum DatasetPages {
  /// Writes a page for each prepared folder and `index.html`.
  ///
  /// - Parameters:
  ///   - data: folder with `prepared/`.
  ///   - sources: the list of sources, for titles and licences.
  /// - Returns: the files that were written.
  /// - Throws: `StageError` as of opening the folders and the list, and of writing.
  package static func write(data: String, sources: String, output: String) throws -> [String] {
    let list = try SourceList(file: sources)
    let prepared = (data as NSString).appendingPathComponent("prepared")
    var rows: [[String]] = []
    var files: [String] = []
    for folder in DataInventory(directory: data).preparedFolders {
      let relative = String(folder.dropFirst(prepared.count + 1))
      let family = relative.split(separator: "/").first.map(String.init) ?? ""
      let page = try DatasetPage(directory: folder, source: try? list.source(family))
      let name = relative.replacingOccurrences(of: "/", with: "-") + ".html"
      let path = (output as NSString).appendingPathComponent(name)
      try AtomicFile.writeIfChanged(try page.html(), to: path)
      files.append(path)
      rows.append(row(page, relative: relative, file: name))
    }
    let index = (output as NSString).appendingPathComponent("index.html")
    try AtomicFile.writeIfChanged(HTMLText.page(title: "Datasets", body: body(rows)), to: index)
    return files + [index]
  }

  /// The cells of a line of the index, as markup.
  private static func row(_ page: DatasetPage, relative: String, file: String) -> [String] {
    let link = file.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? file
    return [
      "<a href=\"\(HTMLText.escape(link))\">\(HTMLText.escape(page.title))</a><br><span class=\"soft\">\(HTMLText.escape(relative))</span>",
      "\(page.recordCount)", page.badges,
    ]
  }

  private static func body(_ rows: [[String]]) -> String {
    guard !rows.isEmpty else {
      return "<h1>Datasets</h1>\n<p>Nothing is prepared yet: run <code>make data</code>.</p>"
    }
    return """
      <h1>Datasets</h1>
      <p class="soft">Every prepared folder, as its card and its arrays say.</p>
      \(HTMLText.table(["Dataset", "Records", "Status"], markup: rows, numeric: [1]))
      """
  }
}
