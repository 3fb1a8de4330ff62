import ArgumentParser
import ToolSupport

struct KernelCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "The impulse response K, one value for each lag in steps.",
    discussion: """
      HOPE's kernel is that of the circular convolution with as many points as --length. A filter with β ≠ 0 looks ahead: lags then begin \
      at −length. The kernel of direction 1 acts backwards in time, its lag 0 on the next step.

      Example: analyze-systems kernel --initialization s4d-legs --timestep 0.01 --length 512 --seed 3
      """)
  @OptionGroup var source: SystemOptions
  @Option(help: "Steps.") var length = 1024
  @OptionGroup var table: TableOutput

  func run() throws {
    guard (1...1 << 24).contains(length) else {
      throw OptionError.number("--length", "\(length)", "it must be from 1 to 16777216", example: "1024")
    }
    try table.write(["lag", "value"], source.systems()) { [length] entry, _ in
      let response = try entry.system.impulseResponse(length: length)
      return response.values.enumerated().map { ["\(response.firstLag + $0)", "\($1)"] }
    }
  }
}
