/// Planes of half and of double the size in Double; any number of planes [height, width] end to end.
package enum ReferenceResampling {
  /// The mean of each square of 2 × 2 pixels.
  package static func averagePooled(_ planes: [Double], height: Int, width: Int) -> [Double] {
    pixels(planes.count / 4, height / 2, width / 2).map { plane, row, column in
      [(0, 0), (0, 1), (1, 0), (1, 1)].reduce(0) {
        $0 + planes[(plane * height + 2 * row + $1.0) * width + 2 * column + $1.1] / 4
      }
    }
  }

  /// Each pixel as a square of 2 × 2.
  package static func nearestUpsampled(_ planes: [Double], height: Int, width: Int) -> [Double] {
    pixels(planes.count * 4, 2 * height, 2 * width).map { plane, row, column in
      planes[(plane * height + row / 2) * width + column / 2]
    }
  }

  /// Plane, row and column of each of `count` pixels.
  private static func pixels(_ count: Int, _ height: Int, _ width: Int) -> [(Int, Int, Int)] {
    (0..<count).map { ($0 / (height * width), $0 / width % height, $0 % width) }
  }
}
