import Arrays
import ComplexModule
import Foundation
import LinearAlgebra
import RunSupport
import StateSpace

/// ε-rank against n: random diagonal systems grow slower than n, random Hankel matrices like n.
///
/// Poles are uniform in the unit disc and B∘C ~ CN(0, 1); Hankel matrices have h₀ … h₂ₙ₋₂ ~ CN(0, 1), or h₀ … hₙ₋₁ and zeros.
///
/// - Source: HOPE (Yu et al., 2025), Theorems 1 and 3; sizes and ε are our grid.
struct RankGrowth: AnalyticResult {
  let name = "hope-rank-growth"
  let paper = AnalyticPaper.hope
  let title = "HOPE, Theorems 1 and 3: growth of the ε-rank"

  private enum Family: String, CaseIterable {
    case diagonal, hankel
    case padded = "hankel-padded"
  }

  private struct Case {
    var family: Family
    var size: Int
    var seed: Int
  }

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    let sizes = context.sized([8, 16, 32, 64, 128, 256, 512], tiny: [8, 16, 32, 64])
    let tolerances = [1e-2, 1e-4]
    let cases = Family.allCases.flatMap { family in
      sizes.flatMap { size in
        // Large matrices cost most and vary least.
        (0..<(size > 128 ? 3 : 8)).map { Case(family: family, size: size, seed: $0) }
      }
    }
    let spectra = try orderedMap(cases) { try Self.values($0) }
    var ranks = table(columns: ["family", "states", "seed", "tolerance", "rank"])
    var fits = table("exponents", columns: ["family", "tolerance", "exponent", "standard_error", "factor"])
    for family in Family.allCases {
      for tolerance in tolerances {
        var points: [(x: Double, y: Double)] = []
        for (item, values) in zip(cases, spectra) where item.family == family {
          let rank = HankelSingularValues.rank(values, tolerance: tolerance)
          ranks.append(family.rawValue, item.size, item.seed, tolerance, rank)
          points.append((log(Double(item.size)), log(Double(rank))))
        }
        let fit = Self.fit(points)
        fits.append(family.rawValue, tolerance, fit.slope, fit.error, exp(fit.offset))
      }
    }
    return [ranks, fits]
  }

  private static func values(_ item: Case) throws -> [Double] {
    let lane = UInt32(Family.allCases.firstIndex(of: item.family) ?? 0) << 16 | UInt32(item.size)
    var stream = RandomStream(seed: UInt64(item.seed), purpose: .initialization, lane: lane)
    func normals(_ count: Int) -> [Complex<Double>] {
      (0..<count).map { _ in Complex(stream.normal() * 0.5.squareRoot(), stream.normal() * 0.5.squareRoot()) }
    }
    switch item.family {
    case .padded: return try HankelSingularValues.markov(normals(item.size))
    case .hankel:
      let entries = normals(2 * item.size - 1)
      return try SingularValues.values(of: Matrix(item.size, item.size) { entries[$0 + $1] })
    case .diagonal:
      // log λ̄: the modulus is the root of a uniform number.
      let poles = (0..<item.size).map { _ in Complex(0.5 * log(1 - stream.uniform()) - 1e-12, 2 * .pi * stream.uniform()) }
      return try HankelSingularValues.discrete(
        logarithmicPoles: poles, inputWeights: poles.map { _ in 1 }, outputWeights: normals(item.size))
    }
  }

  /// Least squares y = slope·x + offset, with the slope's standard error.
  private static func fit(_ points: [(x: Double, y: Double)]) -> (slope: Double, error: Double, offset: Double) {
    let count = Double(points.count)
    let (meanX, meanY) = (points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count)
    let spread = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    let slope = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / spread
    let offset = meanY - slope * meanX
    let residual = points.reduce(0) { $0 + pow($1.y - slope * $1.x - offset, 2) }
    return (slope, (residual / (count - 2) / spread).squareRoot(), offset)
  }
}
