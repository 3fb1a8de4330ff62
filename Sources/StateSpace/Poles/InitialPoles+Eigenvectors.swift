import ComplexModule
import Vocabulary

extension InitialPoles {
  /// Orthonormal eigenvectors of the normal part of HiPPO-LegS, shape [N/2][N]: one for each pole of `.legS` and in their order.
  ///
  /// A system (S, B, C) of N states with real B and C is (λ, VᴴB, CV) with these as columns of V, of which one of each conjugate pair is kept; the output
  /// is 2·Re. Each vector has the phase that makes its first component real and positive. Any phase would do, if B and C have the same.
  ///
  /// - Throws: `StageError`: `badConfiguration` unless `stateSize` is even and positive.
  /// - Source: S5 (Smith et al., 2022) and ConvSSM (2023), which keep the first half of the ascending eigenvalues, as we do.
  package static func legSEigenvectors(stateSize: Int) throws -> [[Complex<Double>]] {
    try requirePairs(stateSize)
    let vectors = try normalLegS(stateSize).vectors
    return (0..<stateSize / 2).map { mode in
      let first = vectors[0, mode]
      let phase = first == .zero ? 1 : first.conjugate / Complex(first.length)
      return (0..<stateSize).map { vectors[$0, mode] * phase }
    }
  }
}
