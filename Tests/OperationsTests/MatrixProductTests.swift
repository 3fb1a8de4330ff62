import LinearAlgebra
import Operations
import TestSupport
import Testing

@Suite struct MatrixProductTests {
  @Test("products by BLAS are sums of products", arguments: [(1, 1, 1), (3, 5, 2), (129, 7, 4), (2, 0, 3)])
  func product(rows: Int, inner: Int, columns: Int) {
    let left = Matrix(rows, inner) { Double(($0 * 7 + $1 * 3) % 11) - 5 }
    let right = Matrix(inner, columns) { Double(($0 * 5 + $1 * 2) % 13) - 6 }
    let expected = (0..<rows * columns).map { place in
      (0..<inner).reduce(0) { $0 + left[place / columns, $1] * right[$1, place % columns] }
    }
    #expect(left.times(right).entries == expected)
    #expect(left.times(Matrix(columns, inner) { right[$1, $0] }, transposed: true).entries == expected)
  }

  @Test("bits do not depend on the number of threads") func threads() {
    let matrix = Matrix(300, 40) { 1 / Double($0 + 3 * $1 + 1) }
    let threadCount = Parallel.threadCount
    defer { Parallel.threadCount = threadCount }
    let products = [1, 2, 5].map { count in
      Parallel.threadCount = count
      return matrix.times(matrix, transposed: true).entries
    }
    #expect(products[0] == products[1] && products[0] == products[2])
  }
}
