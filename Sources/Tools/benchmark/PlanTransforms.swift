import ArgumentParser
import Foundation
import Operations
import RunSupport
import ToolSupport

/// Makes the file of FFTW's wisdom anew.
struct PlanTransforms: Tool {
  static let configuration = CommandConfiguration(
    commandName: "plan-transforms",
    abstract: "Learns the fastest plans of the usual transforms and writes them as text for the build; minutes on a quiet machine.")

  @Option(help: "File to write.") var output = "Sources/Operations/Convolution/fftw-wisdom.txt"

  func run() throws {
    let text = FourierWisdom.learn(FourierWisdom.usualLengths) { Messages.line("length \($0)") }
    try AtomicFile.write(text, to: output)
  }
}
