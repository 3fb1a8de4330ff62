import ArgumentParser
import Experiments
import RunSupport
import ToolSupport

struct WriteMakefile: Tool {
  static let configuration = CommandConfiguration(
    commandName: "makefile", abstract: "Writes the Make rules of every experiment, preset and prepared data set.")

  @Option(help: "File to write instead of standard output.", completion: .file()) var output: String?
  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let text = MakeFragment(try catalogue.load()).text
    if let output {
      try AtomicFile.write(text, to: output)
    } else {
      print(text, terminator: "")
    }
  }
}
