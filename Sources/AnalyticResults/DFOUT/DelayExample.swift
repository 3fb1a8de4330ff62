import Datasets
import LinearAlgebra
import RunSupport

/// A sequence of the delay task: white noise below 1000 Hz and the same noise τ steps later.
///
/// - Source: DFOUT, Figure 4, left: L = 4000 steps of 0.25 ms, τ = 1000.
struct DelayExample: AnalyticResult {
  let name = "dfout-figure-4-left"
  let paper = AnalyticPaper.dfout
  let title = "DFOUT, Figure 4 (left): one sequence of the delay task"

  private static let timestep = 0.00025
  private static let cutoff = 1000.0

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    let length = context.sized(4000, tiny: 400)
    let sequenceCount = context.sized(256, tiny: 8)
    let task = DelayTask(
      sequenceLength: length, lag: length / 4, timestep: Self.timestep, cutoff: Self.cutoff, evaluationCount: sequenceCount, seed: 1)
    var example = table(columns: ["step", "time_seconds", "input", "target"])
    let input = task.input(0, of: .evaluation)
    for (step, values) in zip(input, task.target(of: input)).enumerated() {
      example.append(step, Double(step) * Self.timestep, values.0, values.1)
    }
    var spectrum = table("spectrum", columns: ["frequency_hertz", "mean_power", "sequences"])
    let transform = DiscreteFourierTransform(length: length)
    let powers = orderedMap(0..<sequenceCount) { transform.power(of: task.input($0, of: .evaluation)) }
    for bin in 1..<(length / 2 + 1) {
      let mean = powers.reduce(0) { $0 + $1[bin] } / Double(sequenceCount * length)
      spectrum.append(Double(bin) / (Double(length) * Self.timestep), mean, sequenceCount)
    }
    return [example, spectrum]
  }
}
