import RunSupport

extension DataRecipe {
  /// Values from 0 to 1, or from −1 to 1; both made of the same pictures.
  static let pathfinder = [false, true].map(generatedPathfinder) + [false, true].map(releasedPathfinder)

  private static func generatedPathfinder(centered: Bool) -> DataRecipe {
    DataRecipe(
      PathfinderPreparation.variant("pathfinder-generated", centered: centered), of: ArenaArchive.dataset,
      choices: ["task": "pathfinder", "source": "generated", "centered": "\(centered)"],
      completing: { try PathfinderParameters($0, centered: centered).dictionary }
    ) { inputs in
      let parameters = try PathfinderParameters(inputs.parameters, centered: centered)
      let progress = ProgressReporter("Pathfinder", total: parameters.count, unit: "pictures")
      let card = try PathfinderPreparation.prepareGenerated(
        parameters, output: inputs.output, threadCount: inputs.threadCount
      ) { done, _ in progress.update(done) }
      progress.finish()
      return card
    }
  }

  private static func releasedPathfinder(centered: Bool) -> DataRecipe {
    DataRecipe(
      PathfinderPreparation.variant("pathfinder-released", centered: centered), of: ArenaArchive.dataset,
      choices: ["task": "pathfinder", "source": "released", "centered": "\(centered)"], files: [ArenaArchive.name]
    ) {
      try PathfinderPreparation.prepareReleased(raw: $0.raw, resolution: $0["resolution"], centered: centered, output: $0.output)
    }
  }
}
