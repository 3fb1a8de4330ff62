import Documents
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing
import Vocabulary

/// How much of a GPU's memory is reserved for a run.
@Suite(.temporaryFolder) struct DeviceMemoryTests {
  private let table: String
  init() { table = folder + "/budget.csv" }

  private static func step(_ batchSize: Int, _ length: Int, _ kind: StepShape.Kind = .s4d) -> StepShape {
    StepShape(
      kind: kind, hasBatchNorm: true, batchSize: batchSize, length: length, width: 64, outputs: 64, layers: 2, points: 2 * length,
      terms: 4096)
  }

  private func memory(_ rows: [(StepShape, String)]) throws -> DeviceMemory {
    try AtomicFile.write(CSVText.document(StepShape.columns + ["memory_gib"], rows.map { $0.0.fields + [$0.1] }), to: table)
    return try DeviceMemory(fromFile: table)
  }

  @Test("the least of the steps that are nowhere smaller is enough, the most of those of one shape") func least() throws {
    let memory = try memory([
      (Self.step(32, 1024), "2"), (Self.step(16, 1024), "1"), (Self.step(16, 1024), "1.25"), (Self.step(8, 4096), "3"),
      (Self.step(64, 4096, .hope), "0.5"),
    ])
    func gibibytes(_ step: StepShape) -> Double? { memory.bytes(step).map { $0 / 0x1p30 } }
    #expect(gibibytes(Self.step(16, 1024)) == 1.25 && gibibytes(Self.step(8, 512)) == 1.25)
    #expect(gibibytes(Self.step(17, 1024)) == 2 && gibibytes(Self.step(8, 2048)) == 3)
    #expect(gibibytes(Self.step(33, 1024)) == nil && gibibytes(Self.step(16, 2048)) == nil, "larger than each in something")
    #expect(gibibytes(Self.step(8, 512, .tfb)) == nil, "another kind")
  }

  @Test("rows that say no memory are refused", arguments: ["", "0", "-1", "inf", "nan", "much"]) func damaged(text: String) throws {
    #expect(stageError { _ = try memory([(Self.step(1, 1), text)]) }?.code == .badData)
  }

  @Test("a run reserves half as much again as the table says; without table or row nothing is known") func run() throws {
    var blocks = SmallRun.blocks(SmallRun.diagonal(.minimal))
    blocks.normalization = .batch
    let inputs = try SmallRun.inputs(.blocks(blocks), length: 64)
    #expect(try inputs.deviceMemory(table: table) == nil)
    _ = try memory([(Self.step(1024, 65_536, .hope), "2")])
    #expect(try inputs.deviceMemory(table: table) == nil)
    _ = try memory([(Self.step(1024, 65_536), "2")])
    #expect(try inputs.deviceMemory(table: table) == 3 << 30)
  }
}
