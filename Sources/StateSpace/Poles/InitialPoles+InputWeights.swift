import ComplexModule
import Vocabulary

extension InitialPoles {
  /// B of the physical system that goes with the poles; nil means 1.
  ///
  /// - legS: |Bₙ| of HiPPO's input weights in the eigenbasis; only the moduli are defined, because an eigenvector's phase is arbitrary.
  ///   Models that train start from less, see `trainingInputWeights`.
  /// - fourier: 1, but 1/√2 for the mode of frequency 0, which is stored last: its eigenvector is (1, i)/√2.
  ///
  /// - Throws: `StageError`: `badConfiguration` unless `stateSize` is even and positive.
  package static func inputWeights(_ initialization: PoleInitialization, stateSize: Int) throws -> [Complex<Double>]? {
    switch initialization {
    case .legS: return try legSInputWeights(stateSize: stateSize).map { Complex($0.length) }
    case .fourier:
      try requirePairs(stateSize)
      return [Complex](repeating: 1, count: stateSize / 2 - 1) + [Complex(0.5.squareRoot())]
    case .linear, .inverse, .random: return nil
    }
  }

  /// B from which models train; nil means 1.
  ///
  /// It is that of the physical system but for `legS`, where the reference code clips Im B to [−2, 2] in the phase of
  /// `legSInputWeights`. There B is almost imaginary, so that moduli above 2 become 2.000 and the others stay: with N = 64 the largest
  /// ones, 40.75, 13.61 and 8.19, become 2.00006. A trained S4D-LegS therefore does not start as the HiPPO system that `inputWeights` and
  /// the analytic results describe.
  ///
  /// - Throws: `StageError`: `badConfiguration` unless `stateSize` is even and positive.
  /// - Source: the S4 reference, `nplr` of hippo.py with `B_clip=2.0` from dplr.py; golden case 10 holds the moduli.
  package static func trainingInputWeights(_ initialization: PoleInitialization, stateSize: Int) throws -> [Complex<Double>]? {
    guard initialization == .legS else { return try inputWeights(initialization, stateSize: stateSize) }
    let bound = 2.0
    return try legSInputWeights(stateSize: stateSize).map { Complex($0.real, min(max($0.imaginary, -bound), bound)) }
  }

  /// VᴴB of HiPPO-LegS, each eigenvector in the phase that makes its first component real: the one in which the reference's eigenvalue
  /// routine (LAPACK's zheevd, lower triangle) returns it.
  private static func legSInputWeights(stateSize: Int) throws -> [Complex<Double>] {
    try requirePairs(stateSize)
    let inputWeights = HippoMatrices.legS(stateSize: stateSize).inputWeights
    let vectors = try normalLegS(stateSize).vectors
    return (0..<stateSize / 2).map { mode in
      let first = vectors[0, mode]
      let phase = first == .zero ? 1 : first / Complex(first.length)
      return phase * (0..<stateSize).reduce(Complex<Double>.zero) { $0 + vectors[$1, mode].conjugate * Complex(inputWeights[$1]) }
    }
  }
}
