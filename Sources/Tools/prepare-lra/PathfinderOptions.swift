import ArgumentParser
import DatasetPreparation

/// What Pathfinder takes; defaults are those of the released data.
struct PathfinderOptions: ParsableArguments {
  @Option(help: "Pathfinder: width and height of the pictures, 32, 64, 128 or 256.") var resolution = 32
  @Option(help: "Pathfinder: paddles of a contour.") var contourLength = 14
  @Option(help: "Pathfinder: distractor contours (default: as many as the released data have).") var distractors: Int?
  @Option(help: "Pathfinder: pictures, of which 80 % train, 10 % validate and 10 % test.") var count = 200_000
  @Flag(help: "Pathfinder: values from −1 to 1 instead of 0 to 1.") var centered = false

  func parameters(seed: Int) throws -> PathfinderParameters {
    try PathfinderParameters(
      resolution: resolution, contourLength: contourLength, distractors: distractors, count: count, seed: seed, centered: centered)
  }
}
