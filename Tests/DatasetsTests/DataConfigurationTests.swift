import Datasets
import Testing

@Suite struct DataConfigurationTests {
  @Test("the prepared path names family, variant and sorted parameters") func preparedPath() {
    #expect(DataConfiguration(family: "cifar10", variant: "gray").preparedPath == "cifar10/gray")
    let generated = DataConfiguration(family: "lra", variant: "listops-generated", parameters: ["train": 8, "seed": 1, "test": 2])
    #expect(generated.preparedPath == "lra/listops-generated-seed-1-test-2-train-8")
  }

  @Test("limits by split") func limits() {
    let limits = DataConfiguration.SplitLimits(train: 5, test: 7)
    #expect(limits[.train] == 5 && limits[.validation] == nil && limits[.test] == 7)
  }
}
