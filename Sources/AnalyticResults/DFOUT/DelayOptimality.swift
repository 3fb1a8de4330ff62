import ComplexModule
import LinearAlgebra
import RunSupport
import StateSpace

/// Proposition 1 as it is stated and as it holds: undamped S4D-Lin modes on the delay task, Δ = 2/τ.
///
/// Stated: VᴴV = (τ+1)·I for rows 0 … τ, so the kernel is best conditioned. Exactly, for N ≤ τ modes: VᴴV = τ·I + 1·1ᵀ, with the condition
/// number (τ+N)/τ; without row τ it is τ·I. With C = 1 the kernel has its largest magnitude at lag τ, and the same one at 0 and 2τ.
/// With N > τ modes, columns repeat and the rank stays τ.
///
/// - Source: DFOUT, Proposition 1 and its proof in the appendix.
struct DelayOptimality: AnalyticResult {
  let name = "dfout-proposition-1"
  let paper = AnalyticPaper.dfout
  let title = "DFOUT, Proposition 1: undamped S4D-Lin modes at Δ = 2/τ"

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] { [try gram(context), kernel(context)] }

  private func gram(_ context: AnalyticContext) throws -> AnalyticTable {
    var table = table(
      columns: [
        "delay_steps", "modes", "deviation_from_exact", "deviation_from_paper", "deviation_without_last_row", "condition_computed",
        "condition_exact", "condition_paper", "rank",
      ])
    let sizes = context.sized(
      [(100, 10), (100, 50), (100, 100)] + [1, 2, 5, 10, 20, 50, 100, 200, 300, 512, 1024].map { (1000, $0) },
      tiny: [(40, 1), (40, 10), (40, 40), (40, 41)])
    let rows = try orderedMap(Array(sizes.reversed())) { delay, modeCount in
      try Self.comparison(delay: delay, modeCount: modeCount)
    }
    for ((delay, modeCount), row) in zip(sizes, rows.reversed()) {
      table.append(
        delay, modeCount, row.fromExact, row.fromPaper, row.withoutLastRow, row.condition,
        modeCount <= delay ? DelayGram.conditionNumber(delay: delay, modeCount: modeCount) : .nan, 1.0, row.rank)
    }
    return table
  }

  private struct Comparison {
    /// Largest entry of VᴴV − (τ·I + 1·1ᵀ), of VᴴV − (τ+1)·I, and of that without row τ − τ·I.
    var (fromExact, fromPaper, withoutLastRow) = (0.0, 0.0, 0.0)
    /// σ₁²/σ_N² of V; NaN for a matrix that has no full rank.
    var condition = Double.nan
    var rank = 0
  }

  private static func comparison(delay: Int, modeCount: Int) throws -> Comparison {
    var result = Comparison()
    let gram = DelayGram.matrix(delay: delay, modeCount: modeCount)
    for row in 0..<modeCount {
      for column in 0..<modeCount {
        let isDiagonal = row == column
        let value = gram[row, column]
        func deviation(_ expected: Double, _ value: Complex<Double>) -> Double { (value - Complex(expected)).length }
        // Equal modulo τ: columns that coincide.
        let exact = (row - column) % delay == 0 ? Double(delay) + 1 : 1
        result.fromExact = max(result.fromExact, deviation(exact, value))
        result.fromPaper = max(result.fromPaper, deviation(isDiagonal ? Double(delay) + 1 : 0, value))
        // Row τ of V is all ones for S4D-Lin at Δ = 2/τ.
        result.withoutLastRow = max(result.withoutLastRow, deviation(isDiagonal ? Double(delay) : 0, value - 1))
      }
    }
    let vandermonde = Matrix(delay + 1, modeCount) { lag, mode in
      Complex(length: 1, phase: 2 * .pi * Double(mode * lag % delay) / Double(delay))
    }
    let values = try SingularValues.values(of: vandermonde)
    guard let largest = values.first, let smallest = values.last else { return result }
    result.rank = values.filter { $0 > 1e-10 * largest }.count
    if result.rank == modeCount { result.condition = (largest / smallest) * (largest / smallest) }
    return result
  }

  /// K[l] = Re Σ exp(iπnΔ·l) over N modes, C = 1, at and beside multiples of τ.
  private func kernel(_ context: AnalyticContext) -> AnalyticTable {
    let (delay, modeCount) = context.sized((1000, 512), tiny: (40, 12))
    let poles = (0..<modeCount).map { Complex(0, .pi * Double($0)) }
    let system = DiagonalSystem(poles: poles, outputWeights: poles.map { _ in 1 }, timestep: 2 / Double(delay))
    var modes = system.discrete.modes
    for index in modes.indices { modes[index].inputWeight = 1 }  // the rows of V, without the gain of the hold
    let kernel = DiscreteSystem(modes: modes, outputFactor: 1).kernel(length: 5 * delay / 2)
    var table = table("kernel", columns: ["lag_steps", "kernel", "delay_steps", "modes"])
    for (lag, value) in kernel.enumerated() { table.append(lag, value, delay, modeCount) }
    return table
  }
}
