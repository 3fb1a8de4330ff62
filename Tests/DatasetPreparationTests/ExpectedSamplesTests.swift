import DatasetPreparation
import Datasets
import TestSupport
import Testing
import Vocabulary

/// What a plan expects of data that are not prepared yet.
@Suite(.temporaryFolder) struct ExpectedSamplesTests {
  private static let counts = ["train": 40, "validation": 10, "test": 20, "seed": 1]

  static let generated = [
    DataDescription(
      family: "lra", variant: "listops-generated", parameters: counts.merging(["minimumLength": 30, "maximumLength": 90]) { $1 }),
    DataDescription(
      family: "lra", variant: "retrieval-generated", parameters: counts.merging(["minimumLength": 60, "maximumLength": 90]) { $1 }),
    DataDescription(
      family: "lra", variant: "pathfinder-generated-centered",
      parameters: ["resolution": 32, "contourLength": 6, "distractors": 2, "count": 46, "seed": 1]),
    DataDescription(family: "speech-commands", variant: "tones-8khz-generated", parameters: counts),
    DataDescription(family: "celeba", variant: "generated", parameters: counts.merging(["height": 16, "width": 8]) { $1 }),
  ]

  @Test("prepared data hold what was expected of them", arguments: generated) func agreement(data: DataDescription) throws {
    let family = try #require(DataFamily.all.first { $0.name == data.family })
    let expected = try #require(data.expectedSamples)
    let recipe = try family.recipe(of: data, in: "a test")
    try recipe.make(DataRecipe.Inputs(parameters: data.parameters, raw: "", output: "\(folder)/data"))
    let prepared = try PreparedDataset(directory: "\(folder)/data")
    for split in Split.allCases { #expect(prepared.count(of: split) == expected.counts[split], "\(split)") }
    let (found, length) = (prepared.description, expected.description.sequenceLength)
    #expect(found.target == expected.description.target && found.documentCount == expected.description.documentCount)
    switch (found.input, expected.description.input) {
    case (.tokens(let words), .tokens(let expectedWords)):
      #expect(abs(words - expectedWords) <= expectedWords / 4, "\(words) words")
      #expect((length * 8 / 10...length).contains(found.sequenceLength), "\(found.sequenceLength) of \(length)")
    default: #expect(found.input == expected.description.input && found.sequenceLength == length)
    }
  }

  @Test("every variant says what it holds", arguments: DataVariant.all.map { "\($0.family)/\($0.name)" })
  func complete(name: String) throws {
    let parts = name.split(separator: "/").map(String.init)
    let variant = try #require(DataVariant.named(parts[1], of: parts[0]))
    let numbers = Dictionary(uniqueKeysWithValues: variant.parameterNames.map { ($0, 100) })
    let samples = try #require(DataDescription(family: parts[0], variant: parts[1], parameters: numbers).expectedSamples)
    #expect(samples.description.sequenceLength > 0 && samples.bytesOfRecord > 0)
    #expect(Split.allCases.allSatisfy { samples.counts[$0, default: 0] > 0 })
  }

  @Test("lists of ours have the expected sizes") func lists() {
    let vital = DataDescription(family: "bidmc", variant: "rr").expectedSamples
    #expect(vital?.counts == SplitLists.seventyFifteenFifteen(count: 7870).mapValues(\.count))
    let gray = DataDescription(family: "cifar10", variant: "gray").expectedSamples
    let splits = SplitLists.holdingOutTenth(training: 0..<50_000, test: 50_000..<60_000, shufflesTest: false)
    #expect(gray?.counts == splits.mapValues(\.count))
  }

  @Test("a limit counts where it is smaller, and samples made on the fly say their numbers themselves") func limits() {
    let limited = DataSpecification(family: "cifar10", variant: "rgb", limits: .init(train: 7250, test: 100_000))
    #expect(limited.trainingRecords == 7250 && limited.expectedSamples?.counts == [.train: 7250, .validation: 5000, .test: 10_000])
    let delay = DataSpecification(
      family: "generated", variant: "delay",
      parameters: ["sequenceLength": 40, "lag": 10, "train": 6, "validation": 3, "test": 5, "seed": 7])
    #expect(delay.trainingRecords == 6 && delay.expectedSamples?.description.sequenceLength == 40)
    #expect(DataSpecification(family: "celeba", variant: "half-size").trainingRecords == nil)
  }
}
