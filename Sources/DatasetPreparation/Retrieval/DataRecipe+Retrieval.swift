extension DataRecipe {
  static let retrieval = [
    DataRecipe(
      "retrieval-released", of: ArenaArchive.dataset, choices: ["task": "retrieval", "source": "released"],
      files: RetrievalPreparation.releasedNames.values.sorted()
    ) { try RetrievalPreparation.prepareReleased(raw: $0.raw, output: $0.output) },
    DataRecipe("retrieval-generated", of: ArenaArchive.dataset, choices: ["task": "retrieval", "source": "generated"]) {
      try RetrievalPreparation.prepareGenerated(TextParameters($0), output: $0.output)
    },
  ]
}
