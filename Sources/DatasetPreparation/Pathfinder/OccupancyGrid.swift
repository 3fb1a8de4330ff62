/// Which pixels of a picture are taken, and by which paddle; the strip along the border is taken from the start.
struct OccupancyGrid {
  let size: Int
  private let padding: Int
  /// 0 for free pixels, else the number of a paddle.
  private var owners: [UInt16]

  init(size: Int, padding: Int) {
    self.size = size
    self.padding = padding
    owners = [UInt16](repeating: 0, count: size * size)
  }

  mutating func clear() {
    owners.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  /// Whether all pixels at most `radius` away from a paddle are free.
  ///
  /// - Parameter neighbour: a paddle that does not count, because the new one continues it; 0 for none.
  func fits(_ paddle: Paddle, radius: Double, beside neighbour: UInt16) -> Bool {
    let (columns, rows) = paddle.bounds(within: radius)
    guard rows.lowerBound >= padding, rows.upperBound < size - padding, columns.lowerBound >= padding,
      columns.upperBound < size - padding
    else { return false }
    let limit = radius * radius
    return owners.withUnsafeBufferPointer { owners in
      for row in rows {
        for column in columns {
          let owner = owners[row * size + column]
          if owner == 0 || owner == neighbour { continue }
          if paddle.squaredDistance(to: SIMD2(Double(column), Double(row))) <= limit { return false }
        }
      }
      return true
    }
  }

  /// Whether all pixels around a pixel are free.
  func isFree(around column: Int, _ row: Int, offsets: [(column: Int, row: Int)], beside neighbour: UInt16) -> Bool {
    for offset in offsets {
      let (column, row) = (column + offset.column, row + offset.row)
      guard min(column, row) >= padding, max(column, row) < size - padding else { return false }
      let owner = owners[row * size + column]
      if owner != 0 && owner != neighbour { return false }
    }
    return true
  }

  /// Takes the pixels around a paddle, or gives them back with owner 0.
  ///
  /// - Precondition: the paddle fits.
  mutating func mark(_ paddle: Paddle, radius: Double, as owner: UInt16) {
    let (columns, rows) = paddle.bounds(within: radius)
    let limit = radius * radius
    owners.withUnsafeMutableBufferPointer { owners in
      for row in rows {
        for column in columns where paddle.squaredDistance(to: SIMD2(Double(column), Double(row))) <= limit {
          owners[row * size + column] = owner
        }
      }
    }
  }
}
