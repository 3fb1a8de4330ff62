import CBLAS
import LinearAlgebra

extension Matrix<Double> {
  /// Rows of the result that one BLAS thread computes.
  private static var rowsAtOnce: Int { 128 }

  /// This matrix times another, or times its transpose, by BLAS in double precision.
  ///
  /// Rows are cut into fixed chunks, each of one BLAS thread, so the bits do not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - other: shape [columns of this, n], or [n, columns of this] where it is transposed.
  ///   - transposed: whether the product is with `other`ᵀ.
  /// - Precondition: the inner sizes are equal, and all sizes fit in 32 bits.
  package func times(_ other: Matrix, transposed: Bool = false) -> Matrix {
    let (inner, width) = transposed ? (other.columnCount, other.rowCount) : (other.rowCount, other.columnCount)
    precondition(columnCount == inner, "product of \(rowCount) × \(columnCount) and \(inner) × \(width)")
    var entries = [Double](repeating: 0, count: rowCount * width)
    guard inner > 0, width > 0 else { return Matrix(rowCount: rowCount, columnCount: width, entries: entries) }
    entries.withUnsafeMutableBufferPointer { target in
      self.entries.withUnsafeBufferPointer { left in
        other.entries.withUnsafeBufferPointer { right in
          guard let target = target.baseAddress, let left = left.baseAddress, let right = right.baseAddress else { return }
          let (shared, ours) = (Shared(target), Shared(UnsafeMutablePointer(mutating: left)))
          let others = Shared(UnsafeMutablePointer(mutating: right))
          Parallel.forEachChunk(of: rowCount, size: Self.rowsAtOnce) { _, rows in
            cblas_dgemm(
              CblasRowMajor, CblasNoTrans, transposed ? CblasTrans : CblasNoTrans, Int32(rows.count), Int32(width), Int32(inner), 1,
              ours.pointer + rows.lowerBound * inner, Int32(inner), others.pointer, Int32(other.columnCount), 0,
              shared.pointer + rows.lowerBound * width, Int32(width))
          }
        }
      }
    }
    return Matrix(rowCount: rowCount, columnCount: width, entries: entries)
  }
}
