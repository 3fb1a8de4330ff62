import RunSupport

extension DataFamily {
  /// CelebA, and generated face-like pictures.
  package static let celebA = DataFamily(
    CelebAPreparation.family, "Fetches CelebA or draws face-like pictures, and makes prepared data of them.",
    download: Help(
      "Fetches and verifies the archive of pictures (1.4 GB) and the partition list.",
      discussion: """
        The files lie on Google Drive, which often refuses with a quota page. Then download them with a browser, place them in the raw folder \
        under the names in data/sources.yaml and run this again: they are verified alike.
        """),
    preprocess: Help(
      "Crops and resizes the pictures.",
      discussion: "At the paper's size a picture takes 786,432 bytes, and the whole set 159 GB; --limit takes the first of each split."),
    choices: [
      Choice("source", usual: "released", "Where the pictures come from."),
      Choice(
        "pictures", usual: CelebAPreparation.Pictures.aligned.rawValue, picturesMeaning, downloadMeaning: picturesMeaning),
    ],
    recipes: CelebAPreparation.Pictures.allCases.map(released) + [generated])

  private static let picturesMeaning = "aligned: the set's own pictures; half-size: a reduced copy that some mirrors have."

  private static func released(_ pictures: CelebAPreparation.Pictures) -> DataRecipe {
    DataRecipe(
      pictures.variant, of: CelebAPreparation.family, choices: ["source": "released", "pictures": pictures.rawValue],
      files: [pictures.archiveName, CelebAPreparation.partitionName]
    ) { inputs in
      try reporting { progress in
        try CelebAPreparation.prepareReleased(
          raw: inputs.raw, pictures: pictures, target: target(inputs), limit: inputs["limit"] == 0 ? nil : inputs["limit"],
          output: inputs.output, threadCount: inputs.threadCount, progress: progress)
      }
    }
  }

  private static let generated = DataRecipe(
    "generated", of: CelebAPreparation.family, choices: ["source": "generated"]
  ) { inputs in
    try reporting { progress in
      try CelebAPreparation.prepareGenerated(
        counts: inputs.counts, seed: inputs["seed"], target: target(inputs), output: inputs.output, threadCount: inputs.threadCount,
        progress: progress)
    }
  }

  private static func target(_ inputs: DataRecipe.Inputs) -> CelebAPreparation.Target {
    CelebAPreparation.Target(height: inputs["height"], width: inputs["width"])
  }

  /// Counts pictures on standard error.
  private static func reporting<Result>(_ body: ((Int, Int) -> Void) throws -> Result) rethrows -> Result {
    let display = ProgressReporter("pictures", total: nil, unit: "pictures")
    let result = try body { display.update($0, note: "of \($1)") }
    display.finish()
    return result
  }
}
