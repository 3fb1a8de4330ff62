import Documents
import TestSupport
import Testing

/// `benchmark budget` as a process, where the plugin for CUDA is set up.
@Suite struct AcceleratorBudgetTests {
  @Test("image-small and listops need and move what the shipped table says, within 5 %", .needsCUDAPlugin)
  func shipped() throws {
    let target = Fixtures.repository + "/scripts/accelerator/h100.txtpb"
    let rows = try BuiltTool.table("benchmark", ["budget", "--shapes", "image-small", "listops", "--target", target])
    let shipped = try CSVTable(fromFile: Fixtures.repository + "/docs/accelerator-budget.csv", fix: "-")
    #expect(rows.count == 2)
    for row in rows {
      let name = try #require(row["name"])
      let shape = try shipped.index(of: "shape")
      let known = try #require(shipped.rows.first { $0[shape] == name }, "\(name)")
      for column in ["memory_gib", "kernels", "gigabytes", "gflop_products"] {
        let (now, then) = (Double(row[column] ?? "") ?? .nan, Double(known[try shipped.index(of: column)]) ?? .nan)
        #expect(abs(now / then - 1) <= 0.05, "make accelerator-budget: \(name), \(column): \(now), shipped \(then)")
      }
    }
  }
}
