extension DataFamily {
  /// CIFAR-10, picture by picture as a sequence of pixels.
  package static let cifar10 = DataFamily(
    CIFARPreparation.family, "Fetches CIFAR-10 and makes prepared data of it.", download: "Fetches and verifies the binary archive.",
    preprocess: "Makes a prepared folder of the archive.",
    choices: [
      Choice(
        "variant", usual: CIFARVariant.gray.rawValue,
        "gray, rgb and rgb-script (two normalisations), permuted (one fixed order) or noise-padded (1024 more steps).")
    ],
    recipes: CIFARVariant.allCases.map { variant in
      DataRecipe(
        variant.rawValue, of: CIFARPreparation.family, choices: ["variant": variant.rawValue], files: [CIFARPreparation.archiveName]
      ) { try CIFARPreparation.prepare(variant, raw: $0.raw, output: $0.output) }
    },
    verifiesRaw: true)
}
