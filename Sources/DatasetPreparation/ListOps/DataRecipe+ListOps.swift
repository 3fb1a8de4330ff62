extension DataRecipe {
  static let listOps = [
    DataRecipe("listops-generated", of: ArenaArchive.dataset, choices: ["task": "listops", "source": "generated"]) {
      try ListOpsPreparation.prepareGenerated(TextParameters($0), output: $0.output, threadCount: $0.threadCount)
    },
    DataRecipe(
      "listops-released", of: ArenaArchive.dataset, choices: ["task": "listops", "source": "released"],
      files: ListOpsPreparation.releasedNames.values.sorted()
    ) { try ListOpsPreparation.prepareReleased(raw: $0.raw, output: $0.output) },
  ]
}
