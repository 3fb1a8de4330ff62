import Arrays
import ComplexModule
import LinearAlgebra
import RunSupport
import TestSupport
import Testing

@Suite struct LinearAlgebraTests {
  private func random(_ rowCount: Int, _ columnCount: Int) -> Matrix<Complex<Double>> {
    var stream = RandomStream(seed: 21, purpose: .testing)
    return Matrix(rowCount, columnCount) { _, _ in Complex(stream.normal(), stream.normal()) }
  }

  @Test(arguments: [1, 2, 5, 20])
  func hermitianVectorsDiagonalise(size: Int) throws {
    let any = random(size, size)
    let matrix = Matrix(size, size) { any[$0, $1] + any[$1, $0].conjugate }
    let result = try Eigenvalues.hermitian(matrix)
    #expect(result.values == result.values.sorted())
    for column in 0..<size {
      for row in 0..<size {
        let image = (0..<size).reduce(Complex<Double>.zero) { $0 + matrix[row, $1] * result.vectors[$1, column] }
        #expect((image - Complex(result.values[column]) * result.vectors[row, column]).magnitude < 1e-12)
        let product = (0..<size).reduce(Complex<Double>.zero) { $0 + result.vectors[$1, row].conjugate * result.vectors[$1, column] }
        #expect((product - (row == column ? 1 : 0)).magnitude < 1e-12)
      }
    }
  }

  @Test func symmetricMatrix() throws {
    let result = try Eigenvalues.symmetric(Matrix(rowCount: 2, columnCount: 2, entries: [2, 1, 1, 2]))
    #expect(maxRelative(result.values, [1, 3]) < 1e-15)
    #expect(abs(abs(result.vectors[0, 1]) - 0.5.squareRoot()) < 1e-15)
    #expect(abs(result.vectors[0, 0] + result.vectors[1, 0]) < 1e-15)
  }

  @Test func rotationHasImaginaryEigenvalues() throws {
    let rotation = Matrix<Complex<Double>>(rowCount: 2, columnCount: 2, entries: [0, -3, 3, 0])
    let values = try Eigenvalues.general(rotation).sorted { $0.imaginary < $1.imaginary }
    #expect(maxRelative(values.flatMap { [$0.real, $0.imaginary] }, [0, -3, 0, 3]) < 1e-15)
  }

  /// Sum and product of the eigenvalues are trace and determinant.
  @Test func generalEigenvaluesHaveTheTrace() throws {
    let matrix = random(12, 12)
    let trace = (0..<12).reduce(Complex<Double>.zero) { $0 + matrix[$1, $1] }
    let sum = try Eigenvalues.general(matrix).reduce(Complex.zero, +)
    #expect((sum - trace).magnitude < 1e-12)
  }

  @Test(arguments: [(1, 1), (3, 5), (5, 3), (8, 8)])
  func singularValuesAreRootsOfGramEigenvalues(rowCount: Int, columnCount: Int) throws {
    let matrix = random(rowCount, columnCount)
    let gram = Matrix(rowCount, rowCount) { row, column in
      (0..<columnCount).reduce(Complex<Double>.zero) { $0 + matrix[row, $1] * matrix[column, $1].conjugate }
    }
    let expected = try Eigenvalues.hermitian(gram).values.reversed().prefix(min(rowCount, columnCount)).map { $0.squareRoot() }
    #expect(maxRelative(try SingularValues.values(of: matrix), expected) < 1e-12)
  }

  @Test func emptyMatricesAndBadValues() throws {
    let empty = Matrix<Complex<Double>>(rowCount: 0, columnCount: 0, entries: [])
    #expect(try Eigenvalues.general(empty).isEmpty)
    #expect(try Eigenvalues.hermitian(empty).values.isEmpty)
    #expect(try SingularValues.values(of: empty).isEmpty)
    let bad = Matrix<Complex<Double>>(rowCount: 1, columnCount: 2, entries: [1, Complex(.nan, 0)])
    #expect { try SingularValues.values(of: bad) } throws: { ($0 as? StageError)?.location == "row 0, column 1" }
    let infinite = Matrix<Complex<Double>>(rowCount: 1, columnCount: 1, entries: [.infinity])
    #expect { try Eigenvalues.general(infinite) } throws: { ($0 as? StageError)?.code == .badData }
  }
}
