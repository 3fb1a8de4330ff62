import ArgumentParser
import Foundation
import Operations
import ToolSupport

/// A table of whole steps beside their floors.
struct Steps: Tool {
  static let configuration = CommandConfiguration(
    commandName: "steps", abstract: "Times training steps of several shapes, layers and directions, each in a process of its own.")

  enum Direction: String, CaseIterable, ExpressibleByArgument { case uni, bi }

  @Option(parsing: .upToNextOption, help: "Shapes; all reported ones by default.") var shapes = BenchmarkShape.reported.map(\.name)
  @Option(parsing: .upToNextOption, help: "Layers.") var layers: [BenchmarkStep.Layer] = [.s4d]
  @Option(parsing: .upToNextOption, help: "Directions: uni, bi.") var directions = Direction.allCases
  @Option(help: "Rows of the matrix products that the floor is measured with.") var size = 4096
  @OptionGroup var count: RunCount

  func validate() throws {
    if size < 16 { throw ValidationError("--size must be at least 16") }
  }

  func run() throws {
    NumericEnvironment.prepareProcess()
    let shapes = try shapes.map(BenchmarkShape.named)
    let rates = MachineRates(size: size, runs: count.runs)
    printRow("layer,\(TrainStep.header),floor_ms,times_floor")
    for layer in layers {
      for shape in shapes {
        for direction in directions {
          let row = try MeasuredProcess.row(
            ["train-step", "--shape", shape.name, "--layer", layer.rawValue, "--runs", String(count.runs)]
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
