import Arrays
import Operations

/// The pixels of one video that a model went on with, truth beside what it made, at some steps.
///
/// The digits belong to whoever made the data: `film.csv` stays with the run and is never shipped.
package struct FilmTable {
  /// So many first steps are written, one after the other, as a film shows them.
  private static let firstCount = 24
  /// And at most so many behind them, at equal distances, the last step included.
  private static let laterCount = 8

  /// Steps of a film of so many, from 1.
  package static func steps(of count: Int) -> [Int] {
    let later = max(0, min(laterCount, count - firstCount))
    return Array(1...max(1, min(firstCount, count))) + (0..<later).map { firstCount + (count - firstCount) * ($0 + 1) / later }
  }

  /// The lines of `film.csv`, header included: steps from 1, 0 is the last frame of the context, where nothing is made; rows and columns
  /// from 0, colours from 0 to 255.
  ///
  /// - Parameters:
  ///   - known: the last frame of the context, shape [1, C, H, W], values from −1 to 1.
  ///   - truth: the frames behind it, shape [T, C, H, W].
  ///   - made: of the same shape; what lies outside of −1 to 1 is cut.
  package static func text(known: Tensor, truth: Tensor, made: Tensor) -> String {
    let (height, width) = (truth.shape[2], truth.shape[3])
    var table = RunTable<FilmColumn>()
    func add(_ step: Int, _ truth: Tensor, _ made: Tensor?) {
      let (truth, made) = (Picture(truth), made.map(Picture.init))
      for pixel in 0..<height * width {
        table.append(
          [step, pixel / width, pixel % width] + truth.colours(pixel) + (made?.colours(pixel) ?? Array(repeating: "", count: 3)))
      }
    }
    add(0, known, nil)
    for step in steps(of: truth.shape[0]) { add(step, truth.rows(step - 1..<step), made.rows(step - 1..<step)) }
    return table.text
  }

  private struct Picture {
    private let values: [Float]
    private let size: Int
    private let planeCount: Int

    /// - Parameter frame: shape [1, C, H, W].
    init(_ frame: Tensor) {
      values = UnitRange.pictures(of: frame).downloaded().values()
      size = frame.shape.suffix(2).reduce(1, *)
      planeCount = frame.count / size
    }

    /// Red, green and blue; a gray picture has three equal ones.
    func colours(_ pixel: Int) -> [String] {
      let colours = (0..<planeCount).map { "\(Int((values[$0 * size + pixel] * 255).rounded()))" }
      return planeCount == 3 ? colours : Array(repeating: colours[0], count: 3)
    }
  }
}
