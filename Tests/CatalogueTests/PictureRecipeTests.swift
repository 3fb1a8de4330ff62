import Catalogue
import Datasets
import Testing
import Vocabulary

@Suite struct PictureRecipeTests {
  private func arguments(_ family: String, _ variant: String, _ parameters: [String: Int]) throws -> String {
    let data = DataSpecification(family: family, variant: variant, parameters: parameters)
    return try #require(DataRecipe.of(data)).arguments(for: data).joined(separator: " ")
  }

  @Test("parameters become options of the tools") func options() throws {
    #expect(
      try arguments("celeba", "released", ["height": 2048, "width": 128, "limit": 0])
        == "--source released --height 2048 --width 128 --limit 0")
    #expect(
      try arguments("celeba", "generated", ["height": 64, "width": 32, "train": 5, "validation": 2, "test": 1, "seed": 3])
        == "--source generated --height 64 --width 32 --train 5 --validation 2 --test 1 --seed 3")
    let videos = ["frames": 600, "train": 5, "validation": 2, "test": 1, "seed": 3]
    #expect(
      try arguments("moving-mnist", "coloured", videos.merging(["fastSpeed": 300, "slowSpeed": 30]) { $1 })
        == "--variant coloured --frames 600 --train 5 --validation 2 --test 1 --seed 3 --fast-speed 300 --slow-speed 30")
    #expect(
      try arguments("moving-mnist", "original", videos.merging(["digits": 2, "speed": 100]) { $1 })
        == "--variant original --frames 600 --train 5 --validation 2 --test 1 --seed 3 --digits 2 --speed 100")
  }

  @Test("each variant has one recipe, and generated data need no download") func unique() {
    let names = DataRecipe.all.map { "\($0.family)/\($0.variant)" }
    #expect(Set(names).count == names.count)
    for recipe in DataRecipe.all where recipe.variant.hasSuffix("generated") { #expect(!recipe.needsDownload) }
  }
}
