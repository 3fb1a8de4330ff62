import StateSpace
import Vocabulary

extension [SystemEntry] {
  /// The systems behind TFB's filter.
  ///
  /// - Parameters:
  ///   - exponents: β of each channel.
  ///   - pointCount: M, the points of the transform whose bins the filter counts; of no importance for cycles per sample.
  /// - Precondition: the systems are diagonal ones in continuous time.
  package func filtered(exponents: [Double], weighting: FilterWeighting, pointCount: Int) -> [SystemEntry] {
    map { entry in
      guard let system = entry.system as? DiagonalSystem else { preconditionFailure("SystemEntry: a filter of \(entry.system)") }
      let count = weighting == .cyclesPerSample ? 1 : Double(pointCount)
      return entry.with(TunedSystem(system: system, exponent: exponents[entry.channel], weighting: weighting, pointCount: count))
    }
  }
}
