import Catalogue
import RunFixtures
import RunPlanning
import Testing

@Suite struct SizeClassTests {
  @Test("limits are rounded up, with a margin; a run that is longer than the last is continued in a second job") func limits() throws {
    func name(_ hours: Double, _ gigabytes: Double, hasGPU: Bool = false) -> String {
      SizeClass(holding: (hours, gigabytes * 1e9), hasGPU: hasGPU).name
    }
    #expect(name(0.01, 0.06) == "1h-2gb")
    #expect(name(0.7, 1.4) == "4h-2gb", "0.7 hours may become 1.05")
    #expect(name(8, 1.5) == "12h-8gb", "1.5 GB may be 2.1")
    #expect(name(8.1, 26) == "48h-64gb")
    #expect(name(600, 50) == "48h-128gb")
    #expect(name(1.3, 50, hasGPU: true) == "4h-gpu")
    #expect(name(1.4, 50, hasGPU: true) == "12h-gpu", "hours of a GPU were never measured")
  }

  @Test("every run of the catalogue has a class that holds it, and there are few") func catalogue() throws {
    let machine = try #require(Machine.all(inFile: RunCostTests.stepTimes).first)
    for preset in Preset.allCases {
      let costs = try ExperimentCatalogue.shared().experiments(at: preset).map { RunCost($0, on: machine) }
      let classes = costs.map { SizeClass(holding: ($0.hours, $0.memoryBytes), hasGPU: false) }
      for (cost, size) in zip(costs, classes) {
        #expect(Double(size.memoryGB) * 1e9 > cost.memoryBytes)
        #expect(Double(size.hours) > cost.hours || size.hours == 48)
      }
      #expect(Set(classes).count <= 12)
    }
  }
}
