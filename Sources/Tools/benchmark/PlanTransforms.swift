import ArgumentParser
import Foundation
import Operations
import RunSupport
import ToolSupport

/// Makes the source file with FFTW's wisdom anew.
struct PlanTransforms: Tool {
  static let configuration = CommandConfiguration(
    commandName: "plan-transforms",
    abstract: "Learns the fastest plans of the usual transforms and writes them as a source file; minutes on a quiet machine.")

  @Option(help: "File to write.") var output = "Sources/Operations/Convolution/FourierWisdom+Text.swift"

  func run() throws {
    let text = FourierWisdom.learn(FourierWisdom.usualLengths) { FileHandle.standardError.write(Data("length \($0)\n".utf8)) }
    let source = """
      extension FourierWisdom {
        /// Written by `benchmark plan-transforms`; do not edit.
        static let text = \"\"\"
      \(text.split(separator: "\n").map { "    \($0)\n" }.joined())    \"\"\"
      }

      """
    try AtomicFile.write(source, to: output)
  }
}
