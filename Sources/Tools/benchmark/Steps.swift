import ArgumentParser
import ToolSupport

/// A table of whole steps beside their floors.
struct Steps: Tool {
  static let configuration = CommandConfiguration(
    commandName: "steps", abstract: "Times training steps of several shapes, layers and directions, each in a process of its own.")

  enum Direction: String, CaseIterable, ExpressibleByArgument { case uni, bi }

  @OptionGroup var options: FloorOptions
  @Option(parsing: .upToNextOption, help: "Layers.") var layers: [BenchmarkStep.Layer] = [.s4d]
  @Option(parsing: .upToNextOption, help: "Directions: uni, bi.") var directions = Direction.allCases

  func run() throws {
    let (shapes, rates) = try options.measured()
    printRow("layer,\(TrainStep.header),floor_ms,times_floor")
    for layer in layers {
      for shape in shapes {
        for direction in directions {
          let row = try MeasuredProcess.row(
            ["train-step", "--shape", shape.name, "--layer", layer.rawValue, "--runs", String(options.count.runs)]
              + (direction == .bi ? ["--bidirectional"] : []))
          let floor = rates.milliseconds(StepArithmetic(shape, layer: layer, bidirectional: direction == .bi))
          let fields = TrainStep.header.split(separator: ",").map { row[String($0)] ?? "" }.joined(separator: ",")
          let times = (Double(row["ms_median"] ?? "") ?? .nan) / floor
          printRow("\(layer.rawValue),\(fields),\(decimals(floor)),\(decimals(times))")
        }
      }
    }
  }
}
