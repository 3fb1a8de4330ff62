import ArgumentParser
import Foundation
import ToolSupport

/// How time and memory of a step grow with one size while the others stay.
struct Scaling: Tool {
  static let configuration = CommandConfiguration(
    commandName: "scaling", abstract: "Times steps against length, width, modes and threads, each point in a process of its own.")

  enum Size: String, CaseIterable, ExpressibleByArgument {
    case length, width, modes, threads

    /// What is measured; the base is the shape `scaling`.
    var values: [Int] {
      switch self {
      case .length: (0...6).map { 1024 << $0 }
      case .width: [32, 64, 128, 256, 512]
      case .modes: [8, 16, 32, 64, 128, 256]
      case .threads: Array(1...max(1, ProcessInfo.processInfo.activeProcessorCount))
      }
    }

    /// What the time should be proportional to: transforms make it L·log L.
    func work(_ value: Int) -> Double { self == .length ? Double(value) * log2(2 * Double(value)) : Double(value) }
  }

  @Option(parsing: .upToNextOption, help: "What is varied: \(Size.allCases.map(\.rawValue).joined(separator: ", ")).")
  var vary = Size.allCases
  @Option(parsing: .upToNextOption, help: "Its values, in place of those of each size.") var values: [Int] = []
  @Option(help: "Layers.") var layer = BenchmarkStep.Layer.s4d
  @Option(help: "The shape that gives all other sizes.") var shape = "scaling"
  @OptionGroup var count: RunCount

  func run() throws {
    let shape = try BenchmarkShape.named(self.shape)
    printRow("layer,varied,value,batch,length,width,layers,modes,threads,ms_median,ms_min,ms_max,peak_rss_mb,us_per_work")
    for size in vary {
      for value in values.isEmpty ? size.values : values {
        let row = try MeasuredProcess.row([
          "train-step", "--shape", shape.name, "--layer", layer.rawValue, "--runs", String(count.runs), "--\(size.rawValue)", String(value),
        ])
        var sizes: [Size: Int] = [.length: shape.sequenceLength, .width: shape.modelWidth, .modes: shape.modeCount]
        sizes[size] = value
        let milliseconds = Double(row["ms_median"] ?? "") ?? .nan
        let numbers = ["threads", "ms_median", "ms_min", "ms_max", "peak_rss_mb"].map { row[$0] ?? "" }.joined(separator: ",")
        printRow(
          "\(layer.rawValue),\(size.rawValue),\(value),\(shape.batchSize),\(sizes[.length]!),\(sizes[.width]!),\(shape.layerCount),"
            + "\(sizes[.modes]!),\(numbers),\(decimals(1e3 * milliseconds / size.work(value), 4))")
      }
    }
  }
}
