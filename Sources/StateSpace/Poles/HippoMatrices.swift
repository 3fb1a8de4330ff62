import LinearAlgebra

/// The dense state matrices from which structured initial poles come.
///
/// - Source: Gu et al., "HiPPO", 2020, and "How to Train Your HiPPO", 2022.
package enum HippoMatrices {
  /// HiPPO-LegS: Aₙₖ = −√(2n+1)·√(2k+1) below the diagonal, −(n+1) on it, 0 above; Bₙ = √(2n+1).
  package static func legS(stateSize: Int) -> (stateMatrix: Matrix<Double>, inputWeights: [Double]) {
    let inputWeights = (0..<stateSize).map { Double(2 * $0 + 1).squareRoot() }
    let stateMatrix = Matrix(stateSize, stateSize) { row, column in
      row > column ? -inputWeights[row] * inputWeights[column] : row == column ? -Double(row + 1) : 0
    }
    return (stateMatrix, inputWeights)
  }

  /// The rank-one part P, Pₙ = √(n+½), that makes LegS normal: A + P·Pᵀ = −½ + a skew-symmetric matrix.
  package static func legSRankOne(stateSize: Int) -> [Double] {
    (0..<stateSize).map { (Double($0) + 0.5).squareRoot() }
  }

  /// S4-FouT: states 2n and 2n+1 rotate with frequency π·n, minus B·Bᵀ; B = (1, 0, √2, 0, √2, …).
  ///
  /// Its normal part A + B·Bᵀ is the rotations alone.
  package static func fourier(stateSize: Int) -> (stateMatrix: Matrix<Double>, inputWeights: [Double]) {
    let inputWeights = (0..<stateSize).map { $0 == 0 ? 1 : $0.isMultiple(of: 2) ? 2.0.squareRoot() : 0 }
    let stateMatrix = Matrix(stateSize, stateSize) { row, column in
      let samePair = row / 2 == column / 2
      let rotation = samePair ? Double(row - column) * .pi * Double(row / 2) : 0
      return rotation - inputWeights[row] * inputWeights[column]
    }
    return (stateMatrix, inputWeights)
  }
}
