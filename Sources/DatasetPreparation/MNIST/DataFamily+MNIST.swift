import Datasets
import RunSupport

extension DataFamily {
  /// MNIST's digits, and videos in which they move.
  package static let movingMNIST = DataFamily(
    MovingMNISTPreparation.family, "Fetches MNIST and makes videos of moving digits.",
    download: "Fetches and verifies the four files of MNIST (11 MB).",
    preprocess: Help(
      "Makes videos of 64×64 pixels, or a prepared folder of the digits themselves.",
      discussion: "A sequence of 600 coloured frames takes 7.4 MB; the paper's 2000 take 15 GB."),
    choices: [
      Choice(
        "variant", usual: "coloured",
        "original: gray digits; coloured: one fast red and one slow blue; digits: single pictures with their classes.")
    ],
    recipes: [
      video("coloured") { .coloured(fastSpeed: $0["fastSpeed"], slowSpeed: $0["slowSpeed"]) },
      video("original") { .original(digits: $0["digits"], speed: $0["speed"]) },
      recipe("digits") { try MovingMNISTPreparation.prepareDigits(raw: $0.raw, output: $0.output) },
    ])

  private static func recipe(_ name: String, _ making: @escaping @Sendable (DataRecipe.Inputs) throws -> DatasetCard) -> DataRecipe {
    DataRecipe(
      name, of: MovingMNISTPreparation.family, choices: ["variant": name], files: MNISTDigits.allFiles, making: making)
  }

  private static func video(
    _ name: String, scene: @escaping @Sendable (DataRecipe.Inputs) -> MovingMNISTPreparation.Scene
  ) -> DataRecipe {
    recipe(name) { inputs in
      let display = ProgressReporter("videos", total: inputs.counts.values.reduce(0, +), unit: "sequences")
      let card = try MovingMNISTPreparation.prepareVideos(
        raw: inputs.raw, scene: scene(inputs), frameCount: inputs["frames"], counts: inputs.counts, seed: inputs["seed"],
        output: inputs.output, threadCount: inputs.threadCount, progress: { done, _ in display.update(done) })
      display.finish()
      return card
    }
  }
}
