import Datasets

/// What a generator of texts is told: records of each split, bounds of a text's length, and the seed.
package struct TextParameters: Sendable, Equatable {
  package var counts: [Split: Int]
  package var minimumLength: Int
  package var maximumLength: Int
  package var seed: Int

  package init(counts: [Split: Int], minimumLength: Int, maximumLength: Int, seed: Int) {
    self.counts = counts
    self.minimumLength = minimumLength
    self.maximumLength = maximumLength
    self.seed = seed
  }

  init(_ inputs: DataRecipe.Inputs) {
    self.init(
      counts: inputs.counts, minimumLength: inputs["minimumLength"], maximumLength: inputs["maximumLength"], seed: inputs["seed"])
  }

  /// The parameters by their names in the configuration of experiments.
  package var dictionary: [String: Int] {
    GeneratedSplits.parameters(counts, seed: seed).merging(["minimumLength": minimumLength, "maximumLength": maximumLength]) { $1 }
  }
}
