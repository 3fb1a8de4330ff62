import ComplexModule
import LinearAlgebra
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// Eigenvectors of the normal part of HiPPO-LegS beside their poles.
@Suite struct EigenvectorsTests {
  @Test("they belong to the poles in their order, are orthonormal, and begin with a positive number", arguments: [2, 8, 64])
  func eigenvectors(stateSize: Int) throws {
    let vectors = try InitialPoles.legSEigenvectors(stateSize: stateSize)
    let poles = try InitialPoles.poles(.legS, stateSize: stateSize)
    let stateMatrix = HippoMatrices.legS(stateSize: stateSize).stateMatrix
    let rankOne = HippoMatrices.legSRankOne(stateSize: stateSize)
    #expect(vectors.count == stateSize / 2)
    for (vector, pole) in zip(vectors, poles) {
      let image = (0..<stateSize).map { row in
        (0..<stateSize).reduce(Complex<Double>.zero) { $0 + Complex(stateMatrix[row, $1] + rankOne[row] * rankOne[$1]) * vector[$1] }
      }
      #expect(maxRelative(pairs(image), pairs(vector.map { pole * $0 })) < 1e-11)
      #expect(vector[0].real > 0 && abs(vector[0].imaginary) < 1e-15)
    }
    for (index, first) in vectors.enumerated() {
      for (other, second) in vectors.enumerated() {
        let product = zip(first, second).reduce(Complex<Double>.zero) { $0 + $1.0.conjugate * $1.1 }
        #expect((product - (index == other ? 1 : 0)).length < 1e-12)
      }
    }
  }

  /// Neither the phases nor the half that is kept can be seen from outside: Σ of 2 Re C V e^(λt) VᴴB is C e^(St) B of the whole system.
  @Test("in this basis a real system has the impulse response that it had")
  func impulseResponse() throws {
    let (size, time) = (6, 0.3)
    let vectors = try InitialPoles.legSEigenvectors(stateSize: size)
    let poles = try InitialPoles.poles(.legS, stateSize: size)
    let (input, output) = ((0..<size).map { Double($0) - 2 }, (0..<size).map { 1 / Double($0 + 1) })
    let response = zip(vectors, poles).reduce(0) { sum, mode in
      let weight = zip(mode.0, input).reduce(Complex<Double>.zero) { $0 + $1.0.conjugate * Complex($1.1) }
      let readout = zip(mode.0, output).reduce(Complex<Double>.zero) { $0 + $1.0 * Complex($1.1) }
      return sum + 2 * (readout * .exp(mode.1 * Complex(time)) * weight).real
    }
    // The power series of e^(St).
    let stateMatrix = HippoMatrices.legS(stateSize: size).stateMatrix
    let rankOne = HippoMatrices.legSRankOne(stateSize: size)
    var (term, state) = (input, input)
    for order in 1..<60 {
      term = (0..<size).map { row in
        (0..<size).reduce(0) { $0 + (stateMatrix[row, $1] + rankOne[row] * rankOne[$1]) * term[$1] } * time / Double(order)
      }
      state = zip(state, term).map { $0 + $1 }
    }
    #expect(abs(response - dotProduct(state, output)) < 1e-10)
  }

  @Test(arguments: [-2, 0, 1, 7])
  func oddAndEmptyStatesAreErrors(stateSize: Int) {
    #expect(throws: (any Error).self) { try InitialPoles.legSEigenvectors(stateSize: stateSize) }
  }
}
