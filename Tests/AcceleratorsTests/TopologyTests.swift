import Accelerators
import Foundation
import RunSupport
import TestSupport
import Testing

/// Compilation for devices that are not there.
@Suite struct TopologyTests {
  private static let target = Fixtures.repository + "/scripts/accelerator/h100.txtpb"

  @Test("a plugin that cannot is told with what to use", .needsPlugin) func processor() throws {
    let text = try String(contentsOfFile: Self.target, encoding: .utf8)
    let error = #expect(throws: StageError.self) { try Topology("cpu", target: text, folder: TestDevice.folder) }
    #expect(error?.code == .badConfiguration && "\(error!)".contains("DEVICE=cuda"))
  }

  @Test("impossible facts of a chip are refused", .needsCUDAPlugin) func badTarget() throws {
    let error = #expect(throws: StageError.self) { try Topology("cuda", target: "no facts", folder: TestDevice.folder) }
    #expect(error?.code == .badConfiguration)
  }

  @Test("a sum is one kernel that moves three arrays, and the same each time", .needsCUDAPlugin) func sum() throws {
    let topology = try Topology("cuda", target: String(contentsOfFile: Self.target, encoding: .utf8), folder: TestDevice.folder)
    let program = Program()
    let text = program.text(returning: [program.argument([1000]) + program.argument([1000])])
    let plans = try (0..<2).map { _ in try topology.compile(text, options: CompileOptions()) }
    #expect(plans[0].kernels == plans[1].kernels && plans[0].kernels.count == 1 && plans[0].bytes == 12_000)
    #expect(plans[0].memoryPlan.total == 12_000)
  }
}
