import Runs

/// The pixels of a test video that a model has gone on with, from the folder of a run.
struct Film {
  /// One frame that came, row by row, and what the model made in its place, in packed colours; of the context's last frame it made nothing.
  struct Frame {
    let truth: [Int]
    let made: [Int]?
  }

  let height: Int
  let width: Int
  /// By step; 0 is the last frame of the context.
  let frames: [Int: Frame]

  var steps: [Int] { frames.keys.sorted() }

  /// Of the first seed; nil without a run that has one.
  ///
  /// - Throws: `StageError` (`badData`) if it cannot be read.
  init?(_ result: ExperimentResult) throws {
    let rows = try result.rows(FilmColumn.allCases)
    guard let last = rows.last, let height = last[1], let width = last[2] else { return nil }
    (self.height, self.width) = (Int(height) + 1, Int(width) + 1)
    let size = self.height * self.width
    frames = Dictionary(
      stride(from: 0, through: rows.count - size, by: size).compactMap { first -> (Int, Frame)? in
        guard let step = rows[first][0] else { return nil }
        func colours(_ place: Int) -> [Int] {
          rows[first..<first + size].compactMap { row in
            guard let red = row[place], let green = row[place + 1], let blue = row[place + 2] else { return nil }
            return FilmCanvas.packed(Int(red), Int(green), Int(blue))
          }
        }
        let (truth, made) = (colours(3), colours(6))
        return truth.count == size ? (Int(step), Frame(truth: truth, made: made.count == size ? made : nil)) : nil
      }, uniquingKeysWith: { first, _ in first })
  }
}
