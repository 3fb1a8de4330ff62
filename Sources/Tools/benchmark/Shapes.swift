import ArgumentParser
import ToolSupport

/// The sizes, so that the programs which run the peers need no list of their own.
struct Shapes: Tool {
  static let configuration = CommandConfiguration(commandName: "shapes", abstract: "Lists the shapes with their sizes.")

  func run() throws {
    print("shape,batch,length,width,layers,classes,reported")
    for shape in BenchmarkShape.all {
      let isReported = BenchmarkShape.reported.contains { $0.name == shape.name }
      print(
        "\(shape.name),\(shape.batchSize),\(shape.sequenceLength),\(shape.modelWidth),\(shape.layerCount),\(shape.classCount),"
          + (isReported ? "1" : "0"))
    }
  }
}
