import ArgumentParser
import DatasetPreparation

/// What the generators take. ListOps' defaults are those of the released data, Retrieval's give a small set for tests.
struct GeneratorOptions: ParsableArguments {
  @Option(help: "Records to train on (default: ListOps 96000, Retrieval 400).") var train: Int?
  @Option(help: "Records to validate with (default: ListOps 2000, Retrieval 50).") var validation: Int?
  @Option(help: "Records to test with (default: ListOps 2000, Retrieval 50).") var test: Int?
  @Option(help: "Shortest record: ListOps expressions have more words (default 500), documents at least so many characters (100).")
  var minimumLength: Int?
  @Option(help: "Longest record: ListOps expressions have fewer words (default 2000), documents at most so many characters (300).")
  var maximumLength: Int?
  @Option(help: "Seed of the generator.") var seed = 1

  var listOps: ListOpsPreparation.Parameters {
    ListOpsPreparation.Parameters(
      train: train ?? 96_000, validation: validation ?? 2000, test: test ?? 2000, minimumLength: minimumLength ?? 500,
      maximumLength: maximumLength ?? 2000, seed: seed)
  }

  var retrieval: RetrievalPreparation.Parameters {
    RetrievalPreparation.Parameters(
      counts: [.train: train ?? 400, .validation: validation ?? 50, .test: test ?? 50], minimumLength: minimumLength ?? 100,
      maximumLength: maximumLength ?? 300, seed: seed)
  }
}
