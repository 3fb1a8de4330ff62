import Catalogue
import Datasets
import Testing
import Vocabulary

@Suite struct DataRecipeTests {
  @Test("no two recipes make the same variant") func distinct() {
    let names = DataRecipe.all.map { "\($0.family)/\($0.variant)" }
    #expect(Set(names).count == names.count)
  }

  @Test("generated Pathfinder pictures, in both ranges of values", arguments: ["", "-centered"]) func pathfinder(range: String) throws {
    let data = DataSpecification(
      family: "lra", variant: "pathfinder-generated" + range,
      parameters: ["resolution": 32, "contourLength": 6, "distractors": 2, "count": 40_000, "seed": 1])
    let recipe = try #require(DataRecipe.of(data))
    #expect(recipe.tool == "prepare-lra" && !recipe.needsDownload)
    let options = """
      --task pathfinder --source generated\(range.isEmpty ? "" : " --centered") --resolution 32 --contour-length 6 --distractors 2 \
      --count 40000 --seed 1
      """
    #expect(recipe.arguments(for: data).joined(separator: " ") == options)
  }

  @Test("released Pathfinder pictures are known by their size") func released() throws {
    let data = DataSpecification(family: "lra", variant: "pathfinder-released", parameters: ["resolution": 128])
    let recipe = try #require(DataRecipe.of(data))
    #expect(recipe.needsDownload)
    #expect(recipe.arguments(for: data) == ["--task", "pathfinder", "--source", "released", "--resolution", "128"])
    #expect(data.preparedPath == "lra/pathfinder-released-resolution-128")
  }

  private func arguments(_ family: String, _ variant: String, _ parameters: [String: Int] = [:]) throws -> String {
    let data = DataSpecification(family: family, variant: variant, parameters: parameters)
    return try #require(DataRecipe.of(data)).arguments(for: data).joined(separator: " ")
  }

  @Test("Text, Retrieval, colour pictures, speech and vital signs") func sequences() throws {
    #expect(try arguments("lra", "text") == "--task text")
    #expect(try arguments("lra", "retrieval-released") == "--task retrieval --source released")
    #expect(try arguments("cifar10", "noise-padded") == "--variant noise-padded")
    #expect(try arguments("speech-commands", "8khz-released") == "--variant 8khz-released")
    #expect(try arguments("bidmc", "spo2") == "--task spo2")
    let numbers = ["train": 9, "validation": 3, "test": 3, "seed": 1]
    #expect(
      try arguments("speech-commands", "tones-8khz-generated", numbers)
        == "--source generated --variant 8khz --train 9 --validation 3 --test 3 --seed 1")
  }

  @Test("Text has raw files of its own; everything else those of its family") func rawFolders() {
    for recipe in DataRecipe.all { #expect(recipe.raw == (recipe.variant == "text" ? "imdb" : recipe.family)) }
  }
}
