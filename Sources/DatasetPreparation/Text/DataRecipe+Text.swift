extension DataRecipe {
  static let text = DataRecipe(
    "text", of: ArenaArchive.dataset, choices: ["task": "text", "source": "released"], files: [TextPreparation.archiveName]
  ) { try TextPreparation.prepare(raw: $0.raw, output: $0.output) }
}
