extension DataFamily {
  /// Speech Commands, and generated sounds of its shape.
  package static let speechCommands = DataFamily(
    SpeechPreparation.family, "Fetches Speech Commands v0.02, or generates sounds, and makes prepared data of them.",
    download: "Fetches and verifies the archive (2.4 GB); generated sounds need no download.",
    preprocess: "Makes a prepared folder of the archive, or of generated sounds.",
    choices: [
      Choice("source", usual: "released", "released: the real clips; generated: tones and chirps of the same shape."),
      Choice(
        "variant", usual: SpeechVariant.full.rawValue,
        "16khz, 8khz (every second sample), and both with the released code's statistics at each step."),
    ],
    recipes: SpeechVariant.allCases.map(clips) + [SpeechVariant.full, .half].map(tones), verifiesRaw: true)

  private static func clips(_ variant: SpeechVariant) -> DataRecipe {
    DataRecipe(
      variant.rawValue, of: SpeechPreparation.family, choices: ["source": "released", "variant": variant.rawValue],
      files: [SpeechPreparation.archiveName]
    ) { try SpeechPreparation.prepare(variant, raw: $0.raw, output: $0.output) }
  }

  private static func tones(_ variant: SpeechVariant) -> DataRecipe {
    DataRecipe(
      TonePreparation.name(variant), of: SpeechPreparation.family, choices: ["source": "generated", "variant": variant.rawValue]
    ) {
      try TonePreparation.prepare(variant, counts: $0.counts, seed: $0["seed"], output: $0.output, threadCount: $0.threadCount)
    }
  }
}
