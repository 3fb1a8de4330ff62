import Datasets
import TestSupport
import Testing

@Suite struct DataDescriptionTests {
  @Test("the folder of every variant can be read back", arguments: DataVariant.all.map { "\($0.family)/\($0.name)" })
  func folders(variant: String) throws {
    let parts = variant.split(separator: "/").map(String.init)
    let declared = try #require(DataVariant.named(parts[1], of: parts[0]))
    let numbers = Dictionary(uniqueKeysWithValues: declared.parameterNames.enumerated().map { ($1, 10 * $0 + 3) })
    let description = DataDescription(family: parts[0], variant: parts[1], parameters: numbers)
    #expect(try DataDescription(preparedPath: description.preparedPath) == description)
    #expect(try description.declaredVariant(in: "a test").name == declared.name)
  }

  @Test("no two variants have one name") func distinct() {
    let names = DataVariant.all.map { "\($0.family)/\($0.name)" }
    #expect(Set(names).count == names.count)
  }

  @Test(
    "other folders are errors that show the form of a name",
    arguments: [
      (
        "lra/pathfinder-generated-centered-count-3",
        "lra/pathfinder-generated-centered-contourLength-1-count-1-distractors-1-resolution-1-seed-1"
      ),
      ("lra/pathfinder-released-seed-1-resolution-3", "lra/pathfinder-released-resolution-1"), ("cifar10/grey", "a variant"),
      ("lra/text-seed-01", "lra/text"), ("lra", "a variant"), ("a/b/c", "a variant"),
    ])
  func otherFolders(path: String, remedy: String) {
    let error = stageError { _ = try DataDescription(preparedPath: path) }
    #expect(error?.code == .usage && error?.what.contains(path) == true)
    #expect(error?.remedy.contains(remedy) == true, "\(String(describing: error))")
  }

  @Test(
    "a description names a variant and exactly its parameters",
    arguments: [
      (DataDescription(family: "cifar10", variant: "grey"), "did you mean gray?"),
      (DataDescription(family: "lra", variant: "pathfinder-released", parameters: ["resolutions": 32]), "did you mean resolution?"),
      (DataDescription(family: "lra", variant: "pathfinder-released"), "correct"),
      (DataDescription(family: "lra", variant: "pathfinder-released", parameters: ["resolution": -1]), "correct"),
    ])
  func impossible(description: DataDescription, remedy: String) {
    let error = stageError { _ = try description.declaredVariant(in: "a test") }
    #expect(error?.code == .badConfiguration && error?.remedy.contains(remedy) == true, "\(String(describing: error))")
  }
}
