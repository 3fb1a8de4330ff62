import StateSpace

/// Hankel singular values and ε-ranks of the systems before and after training.
///
/// Both are those of the discrete systems, each with its own Δ at that time. A zero-order hold does not keep the values of the continuous
/// system, so values of the two domains must not be compared.
extension SystemReport {
  /// Most systems of each layer whose singular values are computed, at equal distances of channels: of 64 states so many, of others what
  /// costs as much, for the time grows with the cube of the states; but never fewer than the least count.
  private static let hankelSystemCount = 64
  private static let leastHankelSystemCount = 16
  /// The singular values of larger systems would take longer than small trainings.
  private static let largestHankelState = 512

  /// The systems of one layer that are looked at, at one time.
  private struct Spectra {
    var channels: [Int]
    /// σⱼ/σ₁, descending; nil for a system that has none, because it is too large or zero, or training moved a pole to the unit circle.
    var values: [[Double]?]
  }

  /// The lines of `hankel.csv` and of `ranks.csv`, headers included; layers, channels and indices from 1.
  ///
  /// The first has σⱼ/σ₁ of each layer, median and the tenths from below and above over its systems. The second has the number of singular
  /// values of each system, and how many exceed 1e-4·σ₁. Systems that have no singular values count in neither.
  package func hankelTables() throws -> (values: String, ranks: String) {
    var (values, ranks) = (RunTable<HankelColumn>(), RunTable<RankColumn>())
    for layer in Set(trained.map(\.layer)).sorted() {
      let (before, after) = (try Self.spectra(initial, layer), try Self.spectra(trained, layer))
      let spectra = [before, after].map { $0.values.compactMap { $0 } }
      for index in 0..<(spectra.flatMap { $0.map(\.count) }.max() ?? 0) {
        let quantiles = spectra.flatMap { spectra in
          let values = spectra.compactMap { index < $0.count ? $0[index] : nil }.sorted()
          return [0.1, 0.5, 0.9].map { values.isEmpty ? Double.nan : values[Int((Double(values.count - 1) * $0).rounded())] }
        }
        values.append([layer + 1, index + 1] + quantiles.map(Self.text))
      }
      for (index, channel) in after.channels.enumerated() {
        let pair = [before.values[index], after.values[index]]
        guard let states = pair.compactMap({ $0?.count }).first else { continue }
        let counts = pair.map { $0.map { "\(HankelSingularValues.rank($0, tolerance: HankelSingularValues.usualTolerance))" } ?? "" }
        ranks.append([layer + 1, channel + 1, states] + counts)
      }
    }
    return (values.text, ranks.text)
  }

  private static func spectra(_ systems: [SystemEntry], _ layer: Int) throws -> Spectra {
    let ofLayer = systems.filter { $0.layer == layer }
    let states = try ofLayer.first.map { try stateCount($0) } ?? 0
    let count = states > 0 ? hankelSystemCount * 64 * 64 * 64 / (states * states * states) : hankelSystemCount
    let spread = spread(ofLayer, max(leastHankelSystemCount, count))
    return Spectra(channels: spread.map(\.channel), values: try spread.map(singularValues))
  }

  // One after the other: LAPACK's singular value routines need more stack than the threads of `Parallel` have.
  private static func singularValues(_ entry: SystemEntry) throws -> [Double]? {
    guard try stateCount(entry) <= largestHankelState, let values = try? entry.system.hankelSingularValues(.discrete),
      let largest = values.first, largest > 0, largest.isFinite
    else { return nil }
    return values.map { $0 / largest }
  }

  /// Singular values that a system has: HOPE one for each Markov parameter, others two for each stored pole.
  private static func stateCount(_ entry: SystemEntry) throws -> Int {
    let count = try entry.system.systemPoles().reduce(0) { $0 + $1.multiplicity }
    return entry.system is HankelSystem ? count : 2 * count
  }
}
