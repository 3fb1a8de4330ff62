import Foundation
import RunSupport

/// What runs the scripts of the report page outside of it, where it is installed; tests that need it are skipped elsewhere.
package enum JavaScript {
  package enum Engine {
    case chromium(String)
    case node
  }

  package static let engine: Engine? = chromium.map(Engine.chromium) ?? (succeeds("node", ["--version"]) ? .node : nil)

  /// A browser for the page itself.
  package static let chromium = ["chromium", "chromium-browser", "google-chrome"].first { succeeds($0, ["--version"]) }

  private static func succeeds(_ name: String, _ arguments: [String]) -> Bool {
    (try? ChildProcess("/usr/bin/env", [name] + arguments, output: .discarded, errors: .discarded))?.status == 0
  }

  /// Runs a script that leaves a text in its constant `answer`.
  ///
  /// - Parameter folder: an empty one for its files.
  package static func answer(of script: String, folder: String) throws -> Data {
    switch engine {
    case .node:
      try AtomicFile.write(script + "\nprocess.stdout.write(answer);\n", to: "\(folder)/script.js")
      return try ChildProcess("/usr/bin/env", ["node", "\(folder)/script.js"], output: .captured, errors: .inherited).output
    case .chromium(let name):
      let page =
        "<!DOCTYPE html><meta charset=\"utf-8\"><pre></pre><script>\(script)\ndocument.querySelector('pre').textContent = answer;</script>"
      try AtomicFile.write(page, to: "\(folder)/script.html")
      let options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--user-data-dir=\(folder)/profile",
        "--dump-dom",
      ]
      let output = try ChildProcess(
        "/usr/bin/env", [name] + options + ["file://\(folder)/script.html"], output: .captured, errors: .discarded
      ).output
      let text = String(decoding: output, as: UTF8.self)
      let answer = text.components(separatedBy: "<pre>").last?.components(separatedBy: "</pre>").first
      return Data((answer ?? "").utf8)
    case nil: return Data()
    }
  }
}
