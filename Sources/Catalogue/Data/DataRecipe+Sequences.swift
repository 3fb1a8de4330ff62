extension DataRecipe {
  /// Text, Retrieval, the colour variants of CIFAR-10, Speech Commands with its generated counterpart, and BIDMC.
  static let sequences =
    [
      DataRecipe(
        family: "lra", variant: "text", needsDownload: true, parameterNames: [], options: ["--task", "text"], rawName: "imdb",
        downloadOptions: ["--task", "text"]),
      DataRecipe(
        family: "lra", variant: "retrieval-released", needsDownload: true, parameterNames: [],
        options: ["--task", "retrieval", "--source", "released"]),
      DataRecipe(
        family: "lra", variant: "retrieval-generated", needsDownload: false,
        parameterNames: ["train", "validation", "test", "minimumLength", "maximumLength", "seed"],
        options: ["--task", "retrieval", "--source", "generated"]),
      tones("tones-generated", rate: "16khz"), tones("tones-8khz-generated", rate: "8khz"),
    ] + released(["rgb", "rgb-script", "permuted", "noise-padded"], of: "cifar10", option: "--variant")
    + released(["16khz", "8khz", "16khz-released", "8khz-released"], of: "speech-commands", option: "--variant")
    + released(["rr", "hr", "spo2"], of: "bidmc", option: "--task")

  private static func tones(_ variant: String, rate: String) -> DataRecipe {
    DataRecipe(
      family: "speech-commands", variant: variant, needsDownload: false, parameterNames: ["train", "validation", "test", "seed"],
      options: ["--source", "generated", "--variant", rate])
  }

  /// Variants of the same raw files that one option tells apart.
  private static func released(_ variants: [String], of family: String, option: String) -> [DataRecipe] {
    variants.map { DataRecipe(family: family, variant: $0, needsDownload: true, parameterNames: [], options: [option, $0]) }
  }
}
