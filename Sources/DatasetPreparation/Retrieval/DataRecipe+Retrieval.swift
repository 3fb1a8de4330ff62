extension DataRecipe {
  static let retrieval = [
    DataRecipe(
      "retrieval-released", of: ArenaArchive.dataset, choices: ["task": "retrieval", "source": "released"],
      files: RetrievalPreparation.releasedNames
    ) { try RetrievalPreparation.prepareReleased(raw: $0.raw, output: $0.output) },
    DataRecipe("retrieval-generated", of: ArenaArchive.dataset, choices: ["task": "retrieval", "source": "generated"]) {
      try RetrievalPreparation.prepareGenerated(
        RetrievalPreparation.Parameters(
          counts: $0.counts, minimumLength: $0["minimumLength"], maximumLength: $0["maximumLength"], seed: $0["seed"]),
        output: $0.output)
    },
  ]
}
