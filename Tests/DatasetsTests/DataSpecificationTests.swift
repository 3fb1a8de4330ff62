import Testing
import Vocabulary

@Suite struct DataConfigurationTests {
  @Test("the prepared path names family, variant and sorted parameters") func preparedPath() {
    #expect(DataSpecification(family: "cifar10", variant: "gray").preparedPath == "cifar10/gray")
    let generated = DataSpecification(family: "lra", variant: "listops-generated", parameters: ["train": 8, "seed": 1, "test": 2])
    #expect(generated.preparedPath == "lra/listops-generated-seed-1-test-2-train-8")
  }

  @Test("limits by split") func limits() {
    let limits = DataSpecification.SplitLimits(train: 5, test: 7)
    #expect(limits[.train] == 5 && limits[.validation] == nil && limits[.test] == 7)
  }
}
