import DatasetPreparation
import Datasets
import Foundation
import TestSupport
import Testing

@Suite(.temporaryFolder) struct BIDMCTests {
  private static let header = "# comment\n@problemName BIDMC32RR\n@timeStamps false\n@dimensions 2\n@seriesLength 3\n@data\n"

  private func read(_ text: String, pieceSize: Int = 1000) throws -> (records: [TimeSeriesTable.Record], missing: Int) {
    var table = TimeSeriesTable(name: "t", dimensionCount: 2, length: 3, advice: "a")
    return (try table.rows(of: text, pieceSize: pieceSize), table.missingCount)
  }

  @Test("dimensions become channels, the target comes last", arguments: [1, 7, 1000]) func records(pieceSize: Int) throws {
    let (records, missing) = try read(Self.header + "1,2.5,-3e1:4,5,6:17.25\r\n\n0,0,0: 1 ,1,+.5:-2", pieceSize: pieceSize)
    #expect(records.map(\.values) == [[1, 4, 2.5, 5, -30, 6], [0, 1, 0, 1, 0, 0.5]])
    #expect(records.map(\.target) == [17.25, -2] && missing == 0)
  }

  @Test("records with missing values are passed over and counted") func missingValues() throws {
    let (records, missing) = try read(Self.header + "1,NaN,3:4,5,6:7\n1,2,3:4,?,6:7\n1,2,3:4,5,6:nan\n1,2,3:4,5,6:7\n")
    #expect(records.count == 1 && missing == 3)
  }

  @Test(
    "bad lines are named with their number",
    arguments: [
      ("", 1, "there is no line @data"), (header, 1, "there is no record behind @data"), ("1,2,3:4,5,6:7\n", 1, nil),
      ("@dimensions 3\n", 1, "3 dimensions, expected are 2"), ("@seriesLength 4000\n", 1, "series of length 4000, expected is 3"),
      ("@timeStamps true\n", 1, "series with time stamps are not supported"),
      (header + "1,2:4,5,6:7\n", 7, "dimension 1 has 2 values, expected are 3"),
      (header + "1,2,3,4:4,5,6:7\n", 7, "more than 2 dimensions of 3 values"),
      (header + "1,2,3:7\n", 7, "1 whole dimensions, expected are 2"),
      (header + "1,2,x:4,5,6:7\n", 7, "\"x\" is no finite number"), (header + "1,2,inf:4,5,6:7\n", 7, "\"inf\" is no finite number"),
      (header + "1,2,0x3:4,5,6:7\n", 7, "\"0x3\" is no finite number"), (header + "1,2,1e99:4,5,6:7\n", 7, "\"1e99\" is no finite number"),
      (header + "1,2,:4,5,6:7\n", 7, "\"\" is no finite number"), (header + "1,2,3:4,5,6:7 8\n", 7, "\"7 8\" is no finite number"),
    ] as [(String, Int, String?)])
  func badLine(text: String, line: Int, why: String?) {
    let error = stageError { _ = try read(text) }
    #expect(error?.code == .badData && error?.location == "t, line \(line)")
    if let why { #expect(error?.why == why) }
  }

  /// Record r has PPG r, r + 1, r + 2, ECG 10·r and target r.
  private func file(_ range: Range<Int>) -> Data {
    Data((Self.header + range.map { "\($0),\($0 + 1),\($0 + 2):\(10 * $0),\(10 * $0),\(10 * $0):\($0)\n" }.joined()).utf8)
  }

  private func raw(_ files: [Data], _ folder: String) throws -> String {
    let names = BIDMCTask.respiratoryRate.fileNames
    return try RawFiles.make(Dictionary(uniqueKeysWithValues: zip(names, files)), in: folder)
  }

  @Test("both files are joined and split 70/15/15; channels are standardised with the training records") func prepared() throws {
    let files = [file(0..<30), file(30..<40)]
    let card = try BIDMCPreparation.prepare(.respiratoryRate, raw: try raw(files, folder), output: folder + "/p", length: 3)
    #expect(card.splits.mapValues(\.count) == ["train": 28, "validation": 6, "test": 6])
    #expect(card.targetKind == .real && card.classCount == 0 && !card.unofficial && card.sources.count == 2)
    let data = try PreparedDataset(directory: folder + "/p")
    let batch = data.batch(0..<28, of: .train)
    guard case .values(let tensor) = batch.input else { throw CocoaError(.featureUnsupported) }
    #expect(tensor.shape == [28, 2, 3] && batch.labels.isEmpty && batch.targets.count == 28)
    let values = tensor.values().map(Double.init)
    for channel in 0..<2 {
      let chosen = values.indices.filter { $0 / 3 % 2 == channel }.map { values[$0] }
      // 84 numbers of size 1, each rounded to float32.
      #expect(abs(chosen.reduce(0, +) / 84) < 1e-6 && abs(chosen.reduce(0) { $0 + $1 * $1 } / 84 - 1) < 1e-6)
    }
    let everything = Split.allCases.flatMap(data.realTargets)
    #expect(everything.sorted() == (0..<40).map(Float.init))
    // The target belongs to its record: ECG = 10 · target, before standardisation.
    let rule = try #require(card.normalization)
    for row in 0..<28 {
      #expect(abs(values[row * 6 + 3] * rule.deviation[1] + rule.mean[1] - 10 * Double(batch.targets[row])) < 1e-3)
    }
    #expect(try CardText.describe(folder + "/p").contains("28 samples, targets mean"))
  }

  @Test("left-out records are noted; a missing file and too few records are errors") func incomplete() throws {
    let files = [file(0..<30) + Data("NaN,1,2:1,1,1:5\n".utf8), file(30..<40)]
    let card = try BIDMCPreparation.prepare(.respiratoryRate, raw: try raw(files, folder), output: folder + "/p", length: 3)
    #expect(card.notes.first == "1 records with missing values were left out")
    #expect(stageError { try BIDMCPreparation.prepare(.heartRate, raw: folder + "/raw", output: folder + "/q") }?.code == .missingInput)
    let small = try raw([file(0..<1), file(1..<2)], folder + "/small")
    #expect(stageError { try BIDMCPreparation.prepare(.respiratoryRate, raw: small, output: folder + "/r", length: 3) }?.code == .badData)
  }

  @Test("a table of raw signals is described") func signals() throws {
    let text = "Time [s], RESP, PLETH\n0,1,5\n0.008,NaN,6\n0.016,2,7\n"
    let table = try Array(text.utf8).withUnsafeBytes { try SignalTable($0, name: "s") }
    #expect(table.columns.map(\.name) == ["Time [s]", "RESP", "PLETH"] && table.rowCount == 3)
    #expect(table.columns[1].count == 2 && table.columns[1].mean == 1.5 && table.columns[2].largest == 7)
    #expect(table.text.hasPrefix("signals    3 samples from 0 to 0.016 s, 125 Hz\ncolumn     RESP: mean 1.5, from 1 to 2, 1 missing"))
    for bad in ["", "a,b\n1,2\n", "Time,b\n1\n", "Time,b\n1,x\n", "Time,b\n"] {
      #expect(stageError { _ = try Array(bad.utf8).withUnsafeBytes { try SignalTable($0, name: "s") } }?.code == .badData)
    }
  }
}
