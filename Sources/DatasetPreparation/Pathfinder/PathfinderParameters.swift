import RunSupport

/// What a folder of generated Pathfinder pictures is made of.
package struct PathfinderParameters: Sendable, Equatable {
  package var resolution: Int
  /// Paddles of a target contour; 14 in Long Range Arena.
  package var contourLength: Int
  package var distractors: Int
  /// Pictures, train, validation and test together.
  package var count: Int
  package var seed: Int
  /// Values from −1 to 1 instead of 0 to 1.
  package var centered: Bool

  /// - Parameter distractors: nil for the number that Long Range Arena has at this resolution and length.
  /// - Throws: `StageError` (`badConfiguration`) for numbers that the generator cannot take.
  package init(
    resolution: Int = 32, contourLength: Int = 14, distractors: Int? = nil, count: Int = 200_000, seed: Int = 1, centered: Bool = false
  ) throws {
    func require(_ condition: Bool, _ option: String, _ value: Int, _ rule: String) throws {
      guard condition else {
        throw StageError(
          .badConfiguration, "impossible numbers for the Pathfinder generator", where: option, why: "found \(value)", fix: "pass \(rule)")
      }
    }
    let known = PathfinderSettings.resolutions
    try require(known.contains(resolution), "--resolution", resolution, "one of \(known.map(String.init).joined(separator: ", "))")
    try require((1...100).contains(contourLength), "--contour-length", contourLength, "a number from 1 to 100")
    try require((0...100).contains(distractors ?? 0), "--distractors", distractors ?? 0, "a number from 0 to 100")
    try require(count % 2 == 0 && (20...10_000_000).contains(count), "--count", count, "an even number from 20 to 10000000")
    try require(seed >= 0, "--seed", seed, "a number of at least 0")
    let settings = PathfinderSettings(resolution: resolution, contourLength: contourLength, distractorCount: distractors)
    self.resolution = resolution
    self.contourLength = contourLength
    self.distractors = settings.distractorCount
    self.count = count
    self.seed = seed
    self.centered = centered
  }

  /// Reads what `dictionary` gives; without distractors the released number.
  ///
  /// - Throws: `StageError` (`badConfiguration`) for numbers that are missing or impossible.
  init(_ numbers: [String: Int], centered: Bool) throws {
    try self.init(
      resolution: numbers["resolution", default: 0], contourLength: numbers["contourLength", default: 0],
      distractors: numbers["distractors"], count: numbers["count", default: 0], seed: numbers["seed", default: 0], centered: centered)
  }

  package var settings: PathfinderSettings {
    PathfinderSettings(resolution: resolution, contourLength: contourLength, distractorCount: distractors)
  }

  package var variant: String { PathfinderPreparation.variant("pathfinder-generated", centered: centered) }

  /// The parameters by their names in the configuration of experiments.
  package var dictionary: [String: Int] {
    ["resolution": resolution, "contourLength": contourLength, "distractors": distractors, "count": count, "seed": seed]
  }
}
