import DatasetPreparation
import Datasets
import Testing

@Suite struct DataFamilyTests {
  @Test("every variant that an experiment may name has one recipe") func complete() {
    for variant in DataVariant.all {
      let recipes = DataFamily.all.filter { $0.name == variant.family }.flatMap(\.recipes).filter { $0.variant.name == variant.name }
      #expect(recipes.count == 1, "\(variant.family)/\(variant.name)")
    }
  }

  @Test("what is chosen means one recipe; the usual values are its own", arguments: DataFamily.all.map(\.name))
  func choices(name: String) throws {
    let family = try #require(DataFamily.all.first { $0.name == name })
    for recipe in family.recipes {
      let chosen = family.recipes(recipe.choices)
      #expect(chosen.count == 1 && chosen.first?.variant.name == recipe.variant.name, "\(recipe.choices)")
      let data = try recipe.description([:])
      #expect(try family.recipe(of: data, in: "a test").variant.name == recipe.variant.name)
      #expect(!recipe.files.isEmpty == (recipe.variant.raw != nil))
    }
    let usual = try #require(family.recipes.first)
    for choice in family.choices {
      if let value = choice.usual { #expect(usual.choices[choice.name] == value) }
    }
  }

  private func path(_ family: DataFamily, _ chosen: [String: String], _ numbers: [String: Int] = [:]) throws -> String {
    try #require(family.recipes(chosen).first).description(numbers).preparedPath
  }

  @Test("options name the folder that experiments read") func folders() throws {
    #expect(
      try path(.arena, [:]) == "lra/listops-generated-maximumLength-2000-minimumLength-500-seed-1-test-2000-train-96000-validation-2000")
    #expect(try path(.arena, ["source": "released"]) == "lra/listops-released")
    #expect(try path(.arena, ["task": "retrieval"]) == "lra/retrieval-released")
    #expect(
      try path(.arena, ["task": "pathfinder", "source": "released", "centered": "true"], ["resolution": 128])
        == "lra/pathfinder-released-centered-resolution-128")
    #expect(
      try path(.arena, ["task": "pathfinder"], ["resolution": 128])
        == "lra/pathfinder-generated-contourLength-14-count-200000-distractors-8-resolution-128-seed-1")
    #expect(
      try path(.speechCommands, ["source": "generated", "variant": "8khz"])
        == "speech-commands/tones-8khz-generated-seed-1-test-450-train-1800-validation-270")
    #expect(try path(.celebA, ["pictures": "half-size"]) == "celeba/half-size-height-2048-limit-0-width-128")
    #expect(try path(.bidmc, [:]) == "bidmc/rr")
    #expect(DataFamily.arena.recipes(["task": "text", "source": "generated"]).isEmpty)
  }

  @Test("a download takes the files of what is chosen") func downloads() {
    func names(_ family: DataFamily, _ chosen: [String: String] = [:]) -> String {
      let (dataset, files) = family.download(chosen)
      return "\(dataset): \(files.joined(separator: " "))"
    }
    #expect(names(.arena) == "lra: listops-1000/basic_test.tsv listops-1000/basic_train.tsv listops-1000/basic_val.tsv")
    #expect(names(.arena, ["task": "text"]) == "imdb: aclImdb_v1.tar.gz")
    #expect(names(.arena, ["task": "pathfinder"]) == "lra: lra_release.gz")
    #expect(names(.celebA) == "celeba: img_align_celeba.zip list_eval_partition.txt")
    #expect(names(.celebA, ["pictures": "half-size"]) == "celeba: img_align_celeba-half-size.zip list_eval_partition.txt")
    #expect(DataFamily.bidmc.download([:]).files.count == 6)
    #expect(names(.bidmc, ["task": "hr"]) == "bidmc: BIDMC32HR_TRAIN.ts BIDMC32HR_TEST.ts")
    #expect(DataFamily.movingMNIST.download([:]).files.count == 4)
  }
}
