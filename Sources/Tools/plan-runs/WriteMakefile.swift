import ArgumentParser
import ExperimentOptions
import RunPlanning
import RunSupport
import ToolSupport

struct WriteMakefile: Tool {
  static let configuration = CommandConfiguration(
    commandName: "makefile", abstract: "Writes the Make rules of every experiment, preset and prepared data set.")

  @Option(help: "File to write instead of standard output.", completion: .file()) var output: String?
  @Option(
    help: "For make -n: folder of results; rules then hold only for what is in it now.", completion: .directory)
  var dryResults: String?
  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let text = MakeFragment(try catalogue.load(), dryResults: dryResults).text
    if let output {
      try AtomicFile.write(text, to: output)
    } else {
      print(text, terminator: "")
    }
  }
}
