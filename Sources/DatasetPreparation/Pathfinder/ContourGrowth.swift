import Arrays
import Foundation

/// Grows dashed contours that keep clear of each other.
struct ContourGrowth {
  /// More attempts to find a place for the next paddle, and for a distractor contour.
  private static let paddleRetries = 2
  private static let distractorRetries = 4
  /// In a dead end a target contour loses so many paddles, so many times before the pair is discarded. (The original discards it at once,
  /// which leaves almost nothing of two long contours in 64 or 128 pixels.)
  private static let retreat = 4
  private static let retreats = 20
  /// Places tried for a first paddle: where fewer than about 1 % of all would do, there is no room.
  private static let placeTries = 400

  private let settings: PathfinderSettings
  private let margin: Double
  /// Space that a paddle takes on each side of its axis.
  private let radius: Double
  private let offsets: [(column: Int, row: Int)]
  /// Cosine of the turn whose weight is zero.
  private let leastCosine: Double
  private var grid: OccupancyGrid
  private var stream: RandomStream
  private var paddleCount: UInt16 = 0

  /// A contour while it grows.
  private struct Draft {
    var paddles: [Paddle] = []
    /// Numbers of the paddles in the grid.
    var numbers: [UInt16] = []

    var last: UInt16 { numbers.last ?? 0 }
  }

  init(_ settings: PathfinderSettings, margin: Int, stream: RandomStream) {
    self.settings = settings
    self.margin = Double(margin)
    self.stream = stream
    radius = settings.paddleThickness / 2 + Double(margin)
    leastCosine = cos(min(.pi / 2 / settings.continuity, .pi))
    grid = OccupancyGrid(size: settings.resolution, padding: settings.padding)
    let square = (-margin...margin).flatMap { row in (-margin...margin).map { (column: $0, row: row) } }
    offsets = square.filter { $0.column * $0.column + $0.row * $0.row <= margin * margin }
  }

  /// Two contours of full length that begin at the seed distance of each other and grow in turns; nil in a dead end.
  mutating func targets() -> [[Paddle]]? {
    grid.clear()
    paddleCount = 0
    var drafts = [Draft(), Draft()]
    // The second contour must find room all around the first tip, so that lies well inside.
    let inner = inside(2 * settings.seedDistance)
    guard place(&drafts[0], in: inner) else { return nil }
    let angle = degrees()
    let tip = drafts[0].paddles[0].tail + settings.seedDistance * SIMD2(cos(angle), sin(angle))
    guard append(paddle(from: tip, angle: degrees()), to: &drafts[1]) else { return nil }
    var retreats = 0
    while drafts[1].paddles.count < settings.contourLength {
      let shorter = drafts[0].paddles.count <= drafts[1].paddles.count ? 0 : 1
      if extend(&drafts[shorter]) { continue }
      retreats += 1
      if retreats > Self.retreats { return nil }
      shorten(&drafts[shorter])
    }
    return drafts.map(\.paddles)
  }

  /// Shorter contours, as many as find room beside the targets, at most `distractorCount`.
  mutating func distractors() -> [[Paddle]] {
    var contours: [[Paddle]] = []
    for _ in 0..<settings.distractorCount {
      for _ in 0...Self.distractorRetries {
        var draft = Draft()
        guard place(&draft, in: inside(Double(settings.padding))) else { return contours }
        while draft.paddles.count < settings.distractorLength, extend(&draft) {}
        if draft.paddles.count == settings.distractorLength {
          contours.append(draft.paddles)
          break
        }
        for paddle in draft.paddles { grid.mark(paddle, radius: radius, as: 0) }
      }
    }
    return contours
  }

  /// A random whole number.
  mutating func integer(below bound: Int) -> Int { stream.integer(below: bound) }

  /// Sets the first paddle at a random angle, at a place drawn evenly from those where it fits.
  private mutating func place(_ draft: inout Draft, in range: ClosedRange<Int>) -> Bool {
    let angle = degrees()
    for _ in 0..<Self.placeTries {
      let tail = SIMD2(Double(range.lowerBound + integer(below: range.count)), Double(range.lowerBound + integer(below: range.count)))
      if append(paddle(from: tail, angle: angle), to: &draft) { return true }
    }
    return false
  }

  /// Adds a paddle behind a gap of twice the margin, turned by a random angle that is rarely large.
  private mutating func extend(_ draft: inout Draft) -> Bool {
    guard let last = draft.paddles.last else { return false }
    let pivot = last.tail + (settings.paddleLength + 2 * margin) * last.direction
    let candidates = candidates(around: pivot, direction: last.direction, beside: draft.last)
    guard let total = candidates.last?.cumulated else { return false }
    for _ in 0...Self.paddleRetries {
      let draw = stream.uniform() * total
      guard let chosen = candidates.first(where: { draw < $0.cumulated }) else { continue }
      if append(Paddle(tail: pivot, direction: chosen.direction, length: settings.paddleLength), to: &draft) { return true }
    }
    return false
  }

  /// Takes the last paddles back, but never the first one.
  private mutating func shorten(_ draft: inout Draft) {
    for _ in 0..<min(Self.retreat, draft.paddles.count - 1) {
      grid.mark(draft.paddles.removeLast(), radius: radius, as: 0)
      draft.numbers.removeLast()
    }
    if let paddle = draft.paddles.last { grid.mark(paddle, radius: radius, as: draft.last) }
  }

  private struct Candidate {
    let direction: SIMD2<Double>
    /// Sum of the weights up to here.
    let cumulated: Double
  }

  /// Free pixels on the circle of radius length + margin around the pivot; the weight of a turn by δ is cos²(min(continuity·δ, π/2)).
  private func candidates(around pivot: SIMD2<Double>, direction: SIMD2<Double>, beside neighbour: UInt16) -> [Candidate] {
    let reach = settings.paddleLength + margin
    let ring = (reach - 0.5) * (reach - 0.5)...(reach + 0.5) * (reach + 0.5)
    let rows = Int((pivot.y - reach).rounded())...Int((pivot.y + reach).rounded())
    let columns = Int((pivot.x - reach).rounded())...Int((pivot.x + reach).rounded())
    var candidates: [Candidate] = []
    var total = 0.0
    for row in rows {
      for column in columns {
        let offset = SIMD2(Double(column), Double(row)) - pivot
        let along = offset.x * direction.x + offset.y * direction.y
        let squaredDistance = offset.x * offset.x + offset.y * offset.y
        guard along > 0 || settings.continuity < 1, ring.contains(squaredDistance) else { continue }
        let distance = squaredDistance.squareRoot()
        let cosine = along / distance
        guard cosine > leastCosine, grid.isFree(around: column, row, offsets: offsets, beside: neighbour) else { continue }
        let weight = cos(settings.continuity * acos(min(cosine, 1)))
        total += weight * weight
        candidates.append(Candidate(direction: offset / distance, cumulated: total))
      }
    }
    return candidates
  }

  private mutating func append(_ paddle: Paddle, to draft: inout Draft) -> Bool {
    guard grid.fits(paddle, radius: radius, beside: draft.last) else { return false }
    paddleCount += 1
    grid.mark(paddle, radius: radius, as: paddleCount)
    draft.paddles.append(paddle)
    draft.numbers.append(paddleCount)
    return true
  }

  private func paddle(from tail: SIMD2<Double>, angle: Double) -> Paddle {
    Paddle(tail: tail, direction: SIMD2(cos(angle), sin(angle)), length: settings.paddleLength)
  }

  /// A random whole number of degrees, in radians.
  private mutating func degrees() -> Double { Double(integer(below: 360)) * .pi / 180 }

  /// Columns, and rows, that are at least so far from the border.
  private func inside(_ strip: Double) -> ClosedRange<Int> {
    let strip = min(Int(strip), (settings.resolution - 1) / 2)
    return strip...settings.resolution - 1 - strip
  }
}
