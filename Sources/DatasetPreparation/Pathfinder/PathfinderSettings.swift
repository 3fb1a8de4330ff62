/// What a generated Pathfinder picture is made of; lengths are in pixels.
///
/// - Source: the parameters that Long Range Arena (lra_benchmarks/data/pathfinder.py) passes to the Pathfinder generator of
///   github.com/drewlinsley/pathfinder, and that generator's defaults for the others.
package struct PathfinderSettings: Sendable, Equatable {
  /// Width and height.
  package let resolution: Int
  /// Paddles of each of the two target contours.
  package let contourLength: Int
  /// Distractor contours that are attempted; those that find no room are left out.
  package let distractorCount: Int
  /// Empty strip along the border.
  package let padding: Int
  /// Free space around a paddle; each picture draws one of them. Gaps within a contour are twice as long.
  package let margins: [Int]
  package let paddleLength: Double
  package let paddleThickness: Double
  package let markerRadius: Double
  /// Distance of the two contours' first tips.
  package let seedDistance: Double
  /// Turns by more than π/2 divided by this are impossible.
  package let continuity: Double
  /// Brightness of a fully covered pixel of a paddle; a marker has 1.
  package let contrast: Double

  /// Paddles of a distractor contour.
  package var distractorLength: Int { max(1, contourLength / 3) }

  /// Sizes that Long Range Arena has.
  package static let resolutions = [32, 64, 128, 256]

  /// - Parameter distractorCount: nil for as many as the original: a fixed number of paddles divided by the distractor length.
  /// - Precondition: a known resolution, `contourLength > 0`, `distractorCount >= 0`.
  package init(resolution: Int, contourLength: Int = 14, distractorCount: Int? = nil) {
    precondition(Self.resolutions.contains(resolution) && contourLength > 0, "PathfinderSettings: \(resolution), \(contourLength)")
    precondition(distractorCount ?? 0 >= 0, "PathfinderSettings: \(distractorCount ?? 0) distractors")
    let distractorPaddles: Int
    switch resolution {
    case 32:
      (padding, margins, distractorPaddles) = (1, [1], 20)
      (paddleLength, paddleThickness, markerRadius) = (2, 0.5, 1.5)
      (seedDistance, continuity, contrast) = (7, 1, 2 * 0.75)
    case 64:
      (padding, margins, distractorPaddles) = (1, [1], 22)
      (paddleLength, paddleThickness, markerRadius) = (5, 1, 2.5)
      (seedDistance, continuity, contrast) = (12, 1.8, 0.8)
    case 128:
      (padding, margins, distractorPaddles) = (1, [2, 3], 35)
      (paddleLength, paddleThickness, markerRadius) = (5, 1.5, 3)
      (seedDistance, continuity, contrast) = (20, 1.8, 0.9)
    default:
      (padding, margins, distractorPaddles) = (22, [3], 30)
      (paddleLength, paddleThickness, markerRadius) = (5, 2, 5)
      (seedDistance, continuity, contrast) = (27, 1.8, 1)
    }
    self.resolution = resolution
    self.contourLength = contourLength
    self.distractorCount = distractorCount ?? distractorPaddles / max(1, contourLength / 3)
  }
}
