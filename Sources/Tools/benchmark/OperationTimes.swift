import ArgumentParser
import Operations
import ToolSupport

/// Where the time of a step goes: each large operation alone, at the sizes and as often as a step of the whole batch calls it. Where a step
/// takes a batch in halves it computes kernels and filters once more.
struct OperationTimes: Tool {
  static let configuration = CommandConfiguration(
    commandName: "operations", abstract: "Times each operation of a training step, forward and backward.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var count: RunCount

  func run() throws {
    let shape = try model.prepared()
    print("shape,direction,layer,operation,pass,calls,ms_median,ms_min,ms_max,ms_per_step,gflop_per_s,threads")
    for operation in try TimedOperation.all(shape, layer: model.layer, bidirectional: model.bidirectional) {
      let times = Times(count: count.runs, operation.body)
      let rate = operation.work.map { decimals($0 / times.median / 1e6) } ?? ""
      printRow(
        "\(shape.name),\(model.direction),\(model.layer.rawValue),\(operation.name),\(operation.pass),\(operation.calls),\(times.fields),"
          + "\(decimals(Double(operation.calls) * times.median)),\(rate),\(Parallel.threadCount)")
    }
  }
}
