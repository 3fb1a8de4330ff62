import Arrays
import RunSupport

/// Draws Pathfinder pictures: two dashed contours among shorter distractors, a disc on an end of one and a disc on an end of the same
/// contour (label 1) or of the other (label 0).
///
/// Picture i uses lane i of the stream alone, so any picture can be drawn by itself and threads do not matter. Labels alternate, hence are
/// balanced exactly; they decide nothing but the place of the second disc.
///
/// - Source: Linsley et al., "Learning long-range spatial dependencies with horizontal gated recurrent units", 2018; algorithm described
///   from github.com/drewlinsley/pathfinder, module snakes2, with the settings of Long Range Arena.
package struct PathfinderGenerator: Sendable {
  package let settings: PathfinderSettings
  private let seed: UInt64
  private let patience: Int

  /// - Parameter patience: pairs of contours that may be discarded for one picture.
  package init(_ settings: PathfinderSettings, seed: UInt64, patience: Int = 20_000) {
    self.settings = settings
    self.seed = seed
    self.patience = patience
  }

  package static func label(of index: Int) -> Int { index & 1 }

  /// - Throws: `StageError` (`badConfiguration`) if two contours of this length do not fit into the picture.
  package func sample(_ index: Int) throws -> PathfinderSample {
    var stream = RandomStream(seed: seed, purpose: .generation, lane: UInt32(index))
    let margin = settings.margins[stream.integer(below: settings.margins.count)]
    var growth = ContourGrowth(settings, margin: margin, stream: stream)
    for _ in 0..<patience {
      guard let targets = growth.targets() else { continue }
      let distractors = growth.distractors()
      let first = growth.integer(below: 2)
      let label = Self.label(of: index)
      let second = label == 1 ? first : 1 - first
      let markers = [targets[first].first?.tail, targets[second].last?.head].compactMap(\.self)
      return PathfinderSample(
        label: label, pixels: draw(targets + distractors, markers), targets: targets, distractors: distractors, markers: markers)
    }
    throw StageError(
      .badConfiguration, "no room for two contours of \(settings.contourLength) paddles", where: "Pathfinder generator, picture \(index)",
      why: "\(patience) pairs were drawn in vain in \(settings.resolution)×\(settings.resolution) pixels",
      fix: "use a smaller --contour-length or a larger --resolution")
  }

  private func draw(_ contours: [[Paddle]], _ markers: [SIMD2<Double>]) -> [UInt8] {
    var canvas = PathfinderCanvas(size: settings.resolution)
    for paddle in contours.joined() { canvas.draw(paddle, thickness: settings.paddleThickness, contrast: settings.contrast) }
    for marker in markers { canvas.drawDisc(at: marker, radius: settings.markerRadius) }
    return canvas.pixels
  }
}
