import Datasets
import Testing

@Suite struct DataVariantTests {
  private func parameters(_ family: String, _ name: String) throws -> String {
    try #require(DataVariant.named(name, of: family)).parameterNames.joined(separator: " ")
  }

  @Test("generated Pathfinder pictures, in both ranges of values", arguments: ["", "-centered"]) func pathfinder(range: String) throws {
    let variant = try #require(DataVariant.named("pathfinder-generated" + range, of: "lra"))
    #expect(variant.raw == nil)
    #expect(variant.parameterNames == ["resolution", "contourLength", "distractors", "count", "seed"])
  }

  @Test("released Pathfinder pictures are known by their size") func released() throws {
    let data = DataDescription(family: "lra", variant: "pathfinder-released", parameters: ["resolution": 128])
    #expect(data.raw == "lra" && data.preparedPath == "lra/pathfinder-released-resolution-128")
    #expect(try parameters("lra", "pathfinder-released") == "resolution")
  }

  @Test("Text, Retrieval, colour pictures, speech and vital signs") func sequences() throws {
    for (family, name) in [
      ("lra", "text"), ("lra", "retrieval-released"), ("cifar10", "noise-padded"), ("speech-commands", "8khz-released"), ("bidmc", "spo2"),
    ] { #expect(try parameters(family, name) == "") }
    #expect(try parameters("lra", "retrieval-generated") == "train validation test minimumLength maximumLength seed")
    #expect(try parameters("speech-commands", "tones-8khz-generated") == "train validation test seed")
  }

  @Test("pictures, generated and released, and videos") func pictures() throws {
    #expect(try parameters("celeba", "released") == "height width limit")
    #expect(try parameters("celeba", "generated") == "height width train validation test seed")
    #expect(try parameters("moving-mnist", "coloured") == "frames train validation test seed fastSpeed slowSpeed")
    #expect(try parameters("moving-mnist", "original") == "frames train validation test seed digits speed")
  }

  @Test("Text has raw files of its own; everything else those of its family, or a generator") func rawFolders() {
    for variant in DataVariant.all {
      let isGenerated = variant.name.contains("generated")
      #expect(variant.raw == (isGenerated ? nil : variant.name == "text" ? "imdb" : variant.family), "\(variant.name)")
    }
  }

  @Test("generated ListOps expressions have the released data's sizes if nothing is said") func usualValues() throws {
    let variant = try #require(DataVariant.named("listops-generated", of: "lra"))
    #expect(variant.parameters.map(\.usual) == [96_000, 2000, 2000, 500, 2000, 1])
  }
}
