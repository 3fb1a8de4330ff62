import ArgumentParser
import Arrays
import Foundation
import SequenceModels
import ToolSupport

/// The measured model as a file, by which another program shows that it computes the same.
struct Model: Tool {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Writes the initial weights, the batch and the losses of the first steps to a safetensors file.")

  @OptionGroup var model: ModelOptions
  @Option(help: "Steps whose losses are written.") var steps = 4
  @Option(help: "The file.", completion: .file(extensions: ["safetensors"])) var output: String

  func validate() throws {
    if steps < 1 { throw ValidationError("--steps must be at least 1") }
  }

  func run() throws {
    let step = try BenchmarkStep(try model.prepared(), layer: model.layer, bidirectional: model.bidirectional)
    let initial = step.model.parameters.map { SafetensorsEntry($0.name, $0.value.downloaded()) }
    let losses = (0..<steps).map { _ in step.run() }
    try SafetensorsFile.write(
      initial + [
        SafetensorsEntry("input", step.input.downloaded()),
        SafetensorsEntry("labels", step.labels.map(Int64.init), shape: [step.labels.count]),
        SafetensorsEntry("losses", losses, shape: [losses.count]),
      ], to: output)
    print("losses: \(losses.map { decimals($0, 6) }.joined(separator: " "))")
  }
}
