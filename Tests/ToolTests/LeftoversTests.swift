import Foundation
import TestSupport
import Testing

/// What killed processes leave half written.
@Suite(.temporaryFolder) struct LeftoversTests {
  @Test("burn removes leftovers of dead processes, whatever their folder is called, and no download that can be continued")
  func burn() throws {
    let workspace = try MakeWorkspace()
    // Linux gives no process a number above 2^22.
    let dead = [
      "results/runs/a b/smoke/seed-1/.metrics.csv.4194400-9f3c.part", "paper-figures/house/.kernels.svg.4194400-9f3c.part",
      "data/raw/lra/.receipt.json.4194400-9f3c.part", "data/prepared/lra/.listops.4194400-9f3c.part/values.npy",
    ]
    let kept = ["data/raw/lra/lra_release.gz.part", "results/runs/a b/smoke/seed-1/.errors.csv.\(getppid())-9f3c.part"]
    for path in dead + kept { try workspace.touch(path) }
    _ = try workspace.calls("burn")
    let left = (dead + kept).filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
    #expect(left == kept)
  }
}
