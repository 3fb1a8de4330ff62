import Exports
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

/// What TensorBoard shows of a run, and the records that hold it.
@Suite(.temporaryFolder) struct RunEventsTests {
  private let configuration = WrittenRun.configuration(SmallRun.blocks(SmallRun.hope(.both)))

  private func writeProvenance(_ run: FinishedRun, _ sittings: [(start: String, step: Int)]) throws {
    var provenance = Provenance(dataCards: [], unofficialData: false)
    let process = try RunningProcess()
    for (index, sitting) in sittings.enumerated() {
      provenance.begin(process, firstStep: sitting.step, forced: false, claimRules: [:])
      provenance.sittings[index].startedAt = sitting.start
    }
    try AtomicFile.write(try JSONText.encode(provenance), to: "\(run.directory)/provenance.json")
  }

  @Test("numbers of every epoch by optimiser step, the test split at the best one, summary and configuration as text") func content() throws
  {
    let events = try RunEvents(try WrittenRun.write(configuration) { $0.probes = [.init(name: "8khz", value: 0.125, loss: 1)] }).events
    #expect(events.map(\.step) == [0, 2, 4])
    #expect(events[0].numbers == [] && events[0].texts.map(\.tag) == ["summary", "configuration"])
    #expect(events[0].texts[1].markdown.contains("    {\n") && events[0].texts[1].markdown.contains("\"hankel\""))
    let first = Dictionary(uniqueKeysWithValues: events[1].numbers.map { ($0.tag, $0.value) })
    #expect(
      first == [
        "epoch": 1, "learning_rate": 0.01, "loss/train": 2.5, "loss/validation": 0.5, "loss/test": 0.25, "rmse/train": 0.2,
        "rmse/validation": 0.75, "rmse/test": 0.5, "rmse/test/8khz": 0.125,
      ])
    let tags = events[2].numbers.map(\.tag)
    #expect(!tags.contains("rmse/test") && !tags.contains("loss/train"), "a loss that is no number is none")
  }

  @Test("times are those of the sittings: a pause between them is not hidden") func times() throws {
    let run = try WrittenRun.write(configuration)
    #expect(try RunEvents(run).events.map(\.time) == [0, 1.5, 3], "without provenance from 0")
    try writeProvenance(run, [("2026-01-01T00:00:00Z", 0), ("2026-01-01T01:00:00Z", 2), ("2026-01-01T02:00:00Z", 2)])
    let start = 1_767_225_600.0
    #expect(try RunEvents(run).events.map(\.time) == [start, start + 1.5, start + 7200 + 1.5])
    try AtomicFile.write("{", to: "\(run.directory)/provenance.json")
    #expect(stageError { _ = try RunEvents(run) }?.code == .badData)
  }

  @Test("a run without epochs shows nothing, and says so") func noEpochs() throws {
    let run = try WrittenRun.write(configuration)
    try FileManager.default.removeItem(atPath: "\(run.directory)/metrics.csv")
    #expect(stageError { _ = try RunEvents(run) }?.code == .missingInput)
  }

  @Test("checksums are those of the standard's examples; a record is length, checksum, message, checksum") func records() {
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum([UInt8](repeating: 255, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum(0..<32) == 0x46DD_794E)
    #expect(CRC32C.checksum([]) == 0)
    let record = EventRecord.bytes(of: [1, 2, 3])
    #expect(record.count == 8 + 4 + 3 + 4 && Array(record[..<8]) == [3, 0, 0, 0, 0, 0, 0, 0] && Array(record[12..<15]) == [1, 2, 3])
  }
}
