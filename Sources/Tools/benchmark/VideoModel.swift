import ArgumentParser
import Arrays
import ToolSupport

/// The measured video model as a file, by which another program shows that it computes the same, and from which it is measured.
struct VideoModel: Tool {
  static let configuration = CommandConfiguration(
    commandName: "video-model", abstract: "Writes weights, frames and the losses of the first steps of ConvS5 to a safetensors file.")

  @OptionGroup var video: VideoOptions
  @Option(help: "Steps whose losses are written.") var steps = 4
  @Option(help: "The file.", completion: .file(extensions: ["safetensors"])) var output: String

  func validate() throws {
    if steps < 1 { throw ValidationError("--steps must be at least 1") }
  }

  func run() throws {
    let step = try video.prepared()
    let initial = step.model.parameters.map { SafetensorsEntry($0.name, $0.value.downloaded()) }
    let losses = (0..<steps).map { _ in step.run() }
    try SafetensorsFile.write(
      initial + [
        SafetensorsEntry("input", step.input.downloaded()), SafetensorsEntry("targets", step.targets.downloaded()),
        SafetensorsEntry("groups", [Int64(step.shape.model.groupCount)], shape: [1]),
        SafetensorsEntry("losses", losses, shape: [losses.count]),
      ], to: output)
    print("losses: \(losses.map { decimals($0, 6) }.joined(separator: " "))")
  }
}
