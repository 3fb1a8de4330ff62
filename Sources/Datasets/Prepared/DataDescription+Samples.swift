import Vocabulary

extension DataDescription {
  /// What the prepared data will hold, from the rules of their preparation and the counts of the official files; nil for variants that no
  /// experiment may name.
  package var expectedSamples: ExpectedSamples? {
    switch family {
    case "lra": arenaSamples
    case "cifar10": pictureSamples
    case "celeba": faceSamples
    case "moving-mnist": videoSamples
    case "speech-commands": soundSamples
    case "bidmc": vitalSigns
    default: nil
    }
  }

  private func parameter(_ name: String) -> Int { parameters[name, default: 0] }

  /// Long Range Arena, but for Image.
  private var arenaSamples: ExpectedSamples? {
    switch variant {
    case "listops-generated": expressions(longest: min(parameter("maximumLength"), 2048), ExpectedSamples.counts(parameters))
    case "listops-released": expressions(longest: 2000, ExpectedSamples.counts(96_000, 2000, 2000))
    // A tenth of the training reviews validates.
    case "text": characters(135, longest: 4096, ExpectedSamples.counts(22_500, 2500, 25_000))
    case "retrieval-released": characters(98, longest: 4000, ExpectedSamples.counts(147_086, 18_090, 17_437), documents: 2)
    // Characters, and `<eos>`.
    case "retrieval-generated":
      characters(21, longest: parameter("maximumLength") + 1, ExpectedSamples.counts(parameters), documents: 2)
    case "pathfinder-generated", "pathfinder-generated-centered": contours(parameter("count"))
    case "pathfinder-released", "pathfinder-released-centered": contours(200_000)
    default: nil
    }
  }

  private func expressions(longest: Int, _ counts: [Split: Int]) -> ExpectedSamples {
    ExpectedSamples(
      SampleDescription(input: .tokens(vocabularySize: 18), target: .classes(10), sequenceLength: longest), counts: counts, bytesOfStep: 1)
  }

  private func characters(_ vocabularySize: Int, longest: Int, _ counts: [Split: Int], documents: Int = 1) -> ExpectedSamples {
    ExpectedSamples(
      SampleDescription(
        input: .tokens(vocabularySize: vocabularySize), target: .classes(2), sequenceLength: longest, documentCount: documents),
      counts: counts, bytesOfStep: 1)
  }

  /// 80, 10 and 10 % of the pictures.
  private func contours(_ count: Int) -> ExpectedSamples {
    let (side, tenth) = (parameter("resolution"), count / 10)
    return bytes(channels: 1, length: side * side, .classes(2), ExpectedSamples.counts(count - 2 * tenth, tenth, tenth))
  }

  /// Values that are stored as bytes.
  private func bytes(channels: Int, length: Int, _ target: SampleDescription.Target, _ counts: [Split: Int]) -> ExpectedSamples {
    ExpectedSamples(
      SampleDescription(input: .values(channels: channels), target: target, sequenceLength: length), counts: counts, bytesOfStep: channels)
  }

  private var pictureSamples: ExpectedSamples {
    bytes(
      channels: variant == "gray" ? 1 : 3, length: variant == "noise-padded" ? 2048 : 1024, .classes(10),
      ExpectedSamples.counts(45_000, 5000, 10_000))
  }

  private var faceSamples: ExpectedSamples? {
    let released = ExpectedSamples.counts(162_770, 19_867, 19_962)
    let limit = parameter("limit")
    let counts: [Split: Int]
    switch variant {
    case "generated": counts = ExpectedSamples.counts(parameters)
    case "released": counts = limit > 0 ? released.mapValues { min($0, limit) } : released
    default: return nil
    }
    return bytes(channels: 3, length: parameter("height") * parameter("width"), .classes(1), counts)
  }

  /// As `expectedSamples`; of videos that are read as such, their frames.
  func expectedSamples(_ view: VideoView?) -> ExpectedSamples? {
    guard var samples = expectedSamples, let view, case .values(let channels) = samples.description.input else { return expectedSamples }
    let side = 64 / view.averaging
    samples.description = SampleDescription(
      input: .frames(FrameShape(channels: channels, height: side, width: side)), target: .frames(channels: channels),
      sequenceLength: (view.frameCount ?? parameter("frames")) - 1)
    return samples
  }

  private var videoSamples: ExpectedSamples {
    if variant == "digits" { return bytes(channels: 1, length: 28 * 28, .classes(10), ExpectedSamples.counts(54_000, 6000, 10_000)) }
    return bytes(
      channels: variant == "coloured" ? 3 : 1, length: parameter("frames") * 64 * 64, .classes(1), ExpectedSamples.counts(parameters))
  }

  private var soundSamples: ExpectedSamples {
    let isMadeUp = variant.hasPrefix("tones")
    return ExpectedSamples(
      SampleDescription(
        input: .values(channels: 1), target: .classes(isMadeUp ? 9 : 35), sequenceLength: variant.contains("8khz") ? 8000 : 16_000),
      counts: isMadeUp ? ExpectedSamples.counts(parameters) : ExpectedSamples.counts(84_843, 9981, 11_005), bytesOfStep: 2)
  }

  /// Both files of a task together, 70, 15 and 15 %.
  private var vitalSigns: ExpectedSamples {
    let count = variant == "rr" ? 7870 : 7949
    let train = (count * 70 + 50) / 100
    let validation = (count - train) / 2
    return ExpectedSamples(
      SampleDescription(input: .values(channels: 2), target: .numbers(1), sequenceLength: 4000),
      counts: ExpectedSamples.counts(train, validation, count - train - validation), bytesOfStep: 8)
  }
}
