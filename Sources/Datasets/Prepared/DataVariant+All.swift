extension DataVariant {
  /// Every kind of prepared data, by family.
  package static let all = arena + pictures + videos + sequences

  private static let arena =
    generated("listops-generated", of: "lra", splits(96_000, 2000, 2000, of: "Records") + lengths(500, 2000) + [seed])
    + released("listops-released", of: "lra") + pathfinder("") + pathfinder("-centered")
    + released("text", of: "lra", raw: "imdb")
    + released("retrieval-released", of: "lra")
    + generated("retrieval-generated", of: "lra", splits(400, 50, 50, of: "Records") + lengths(100, 300) + [seed])

  /// Values from 0 to 1, or from −1 to 1; both made of the same pictures.
  private static func pathfinder(_ range: String) -> [DataVariant] {
    let resolution = Parameter("resolution", 32, "Pathfinder: width and height of the pictures, 32, 64, 128 or 256.")
    return generated(
      "pathfinder-generated" + range, of: "lra",
      [
        resolution, Parameter("contourLength", 14, "Pathfinder: paddles of a contour."),
        Parameter("distractors", nil, "Pathfinder: distractor contours (default: as many as the released data have)."),
        Parameter("count", 200_000, "Pathfinder: pictures, of which 80 % train, 10 % validate and 10 % test."), seed,
      ]) + released("pathfinder-released" + range, of: "lra", [resolution])
  }

  private static let pictures =
    released("gray", "rgb", "rgb-script", "permuted", "noise-padded", of: "cifar10")
    + generated("generated", of: "celeba", size + splits(2000, 200, 200, of: "Generated pictures") + [seed])
    + released("released", of: "celeba", faces)

  /// A reduced copy of CelebA that some mirrors have; no experiment may name it.
  package static let halfSizeFaces = DataVariant(family: "celeba", name: "half-size", parameters: faces, raw: "celeba")

  private static let videos =
    released(
      "original", of: "moving-mnist",
      frames + [
        Parameter("digits", 2, "original: digits of a video."),
        Parameter("speed", 100, "original: speed in hundredths; 100 moves 0.15 of the range a frame."),
      ])
    + released(
      "coloured", of: "moving-mnist",
      frames + [
        Parameter("fastSpeed", 300, "coloured: speed of the red digit, in hundredths."),
        Parameter("slowSpeed", 30, "coloured: speed of the blue digit, in hundredths."),
      ])
    + released("digits", of: "moving-mnist")

  private static let sequences =
    generated(
      "tones-generated", "tones-8khz-generated", of: "speech-commands", splits(1800, 270, 450, of: "Generated sounds") + [seed])
    + released("16khz", "8khz", "16khz-released", "8khz-released", of: "speech-commands")
    + released("rr", "hr", "spo2", of: "bidmc").map { windows in
      var windows = windows
      (windows.answers, windows.hasDependentSamples) = (.numbers, true)
      return windows
    }

  // Parameters that several variants take

  private static let seed = Parameter("seed", 1, "Seed of the generator.")
  private static let size = [
    Parameter("height", 2048, "Rows of a prepared picture."), Parameter("width", 128, "Columns of a prepared picture."),
  ]
  private static let faces =
    size + [Parameter("limit", 0, "At most so many released pictures of each split, the first in the archive; 0 for all.")]
  private static let frames =
    [Parameter("frames", 600, "Frames of a sequence.")] + splits(1600, 200, 200, of: "Sequences") + [seed]

  private static func splits(_ train: Int, _ validation: Int, _ test: Int, of records: String) -> [Parameter] {
    [
      Parameter("train", train, "\(records) to train on."), Parameter("validation", validation, "\(records) to validate with."),
      Parameter("test", test, "\(records) to test with."),
    ]
  }

  private static func lengths(_ minimum: Int, _ maximum: Int) -> [Parameter] {
    [
      Parameter(
        "minimumLength", minimum, "Shortest record: ListOps expressions have more words, documents at least so many characters."),
      Parameter(
        "maximumLength", maximum, "Longest record: ListOps expressions have fewer words, documents at most so many characters."),
    ]
  }
}
