import Foundation

/// Frames of films side by side on white, a matrix of packed colours that one command of gnuplot draws.
struct FilmCanvas {
  private static let white = packed(255, 255, 255)
  /// Most frames of a strip behind the context's last one.
  private static let stripCount = 8
  /// A strip's frames have so many dots across at least, because programs that show it would blur small ones.
  private static let stripSide = 64
  /// Films beside each other on a page.
  private static let columnCount = 5
  /// Levels of each colour on a page are multiples of it: animated pictures have 256 colours.
  private static let levelStep = 17

  private var rows: [[Int]]
  /// Numbers that the script reads besides its size.
  private let numbers: [String: String]

  /// 65536·red + 256·green + blue.
  static func packed(_ red: Int, _ green: Int, _ blue: Int) -> Int { 65536 * red + 256 * green + blue }

  /// A white canvas.
  private init(height: Int, width: Int, numbers: [String: String]) {
    rows = Array(repeating: Array(repeating: Self.white, count: width), count: height)
    self.numbers = numbers
  }

  /// What a script must know of it.
  var variables: [String: String] {
    numbers.merging(["height": "\(rows.count)", "width": "\(rows.first?.count ?? 0)"]) { $1 }
  }

  /// Canvases as blocks of a file, a line for each row; a script reads them by their number.
  static func text(_ canvases: [FilmCanvas]) -> String {
    canvases.map { canvas in canvas.rows.map { $0.map { "\($0)" }.joined(separator: ",") + "\n" }.joined() }.joined(separator: "\n\n")
  }

  private mutating func put(_ pixels: [Int], width: Int, row: Int, column: Int) {
    for (index, colour) in pixels.enumerated() { rows[row + index / width][column + index % width] = colour }
  }

  /// With fewer colours.
  private static func coarse(_ colour: Int) -> Int {
    let levels = [colour >> 16, colour >> 8 & 255, colour & 255].map { ($0 + levelStep / 2) / levelStep * levelStep }
    return packed(levels[0], levels[1], levels[2])
  }

  /// Each pixel as a square of so many dots a side.
  private func enlarged(_ factor: Int) -> [[Int]] {
    rows.flatMap { row in Array(repeating: row.flatMap { Array(repeating: $0, count: factor) }, count: factor) }
  }

  /// A frame that came, and below it what was made.
  private mutating func put(_ frame: Film.Frame, of film: Film, row: Int, column: Int) {
    put(frame.truth, width: film.width, row: row, column: column)
    put(frame.made ?? [], width: film.width, row: row + film.height + Self.gap(film), column: column)
  }

  private static func gap(_ film: Film) -> Int { (film.width + 15) / 16 }
  private static func pairHeight(_ film: Film) -> Int { 2 * film.height + gap(film) }
}

extension Film {
  /// Pairs of frames from left to right, at steps whose distances grow.
  var strip: FilmCanvas { FilmCanvas(stripOf: self) }
}

extension FilmCanvas {
  fileprivate init(stripOf film: Film) {
    let steps = Self.stripSteps(film.steps)
    let (step, factor) = (film.width + Self.gap(film), max(1, Self.stripSide / film.width))
    self.init(
      height: Self.pairHeight(film), width: steps.count * step - Self.gap(film),
      numbers: [
        "steps": steps.map { "\($0)" }.joined(separator: " "), "side": "\(factor * film.width)", "distance": "\(factor * step)",
      ])
    for (place, number) in steps.enumerated() {
      if let frame = film.frames[number] { put(frame, of: film, row: 0, column: place * step) }
    }
    rows = enlarged(factor)
  }

  /// The context's last frame, and of the others those nearest to a geometric sequence.
  private static func stripSteps(_ steps: [Int]) -> [Int] {
    let later = steps.filter { $0 > 0 }
    guard let last = later.last else { return steps }
    let wanted = (0..<stripCount).map { pow(Double(last), Double($0) / Double(stripCount - 1)) }
    let nearest = wanted.compactMap { place in later.min { abs(Double($0) - place) < abs(Double($1) - place) } }
    return Set(steps.filter { $0 == 0 } + nearest).sorted()
  }

  /// A page for each step that all films have, with all films on it; of films of one size.
  static func pages(of all: [Film]) -> [FilmCanvas] {
    guard let first = all.first else { return [] }
    let films = all.filter { ($0.height, $0.width) == (first.height, first.width) }
    let steps = first.steps.filter { step in films.allSatisfy { $0.frames[step] != nil } }
    // Room for two lines of text above each film, and beside it.
    let (columns, above, beside) = (min(columnCount, films.count), (first.width * 7 + 15) / 16, (first.width + 3) / 4)
    let (down, across) = (pairHeight(first) + above, first.width + beside)
    let numbers = [
      "steps": steps.map { "\($0)" }.joined(separator: " "), "columns": "\(columns)", "across": "\(across)", "down": "\(down)",
      "above": "\(above)", "beside": "\(beside)", "side": "\(first.width)",
    ]
    return steps.map { step in
      var page = FilmCanvas(
        height: (films.count + columns - 1) / columns * down, width: columns * across, numbers: numbers)
      for (place, film) in films.enumerated() {
        if let frame = film.frames[step] {
          page.put(frame, of: film, row: place / columns * down + above, column: place % columns * across + beside / 2)
        }
      }
      page.rows = page.rows.map { $0.map(coarse) }
      return page
    }
  }
}
