import ArgumentParser
import Datasets
import RunSupport
import ToolSupport

struct ResolveData: Tool {
  static let configuration = CommandConfiguration(
    commandName: "resolve-data",
    abstract: "Prints the description of prepared data as JSON, which `preprocess --recipe` of their tool reads.")

  @Option(help: "Folder below data/prepared, whose name says family, variant and parameters.") var folder: String
  @Option(help: "File to write instead of standard output.", completion: .file()) var output: String?

  func run() throws {
    let text = try JSONText.encode(try DataDescription(preparedPath: folder))
    if let output {
      try AtomicFile.writeIfChanged(text, to: output)
    } else {
      print(text, terminator: "")
    }
  }
}
