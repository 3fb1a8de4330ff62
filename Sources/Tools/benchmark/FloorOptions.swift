import ArgumentParser
import Operations

/// Which shapes are put beside their floors, and how the floors are measured.
struct FloorOptions: ParsableArguments {
  @Option(parsing: .upToNextOption, help: "Shapes; all reported ones by default.") var shapes = BenchmarkShape.reported.map(\.name)
  @Option(help: "Rows of the matrix products that the floor is measured with.") var size = 4096
  @OptionGroup var count: RunCount

  func validate() throws {
    if size < 16 { throw ValidationError("--size must be at least 16") }
  }

  /// The shapes, and what this machine does at best; also sets the process up.
  ///
  /// - Throws: `StageError` (`usage`) for an unknown shape, before anything is measured.
  func measured() throws -> (shapes: [BenchmarkShape], rates: MachineRates) {
    try NumericEnvironment.prepareProcess()
    let shapes = try shapes.map(BenchmarkShape.named)
    return (shapes, MachineRates(size: size, runs: count.runs))
  }
}
