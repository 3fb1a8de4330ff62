import Arrays
import Datasets
import Foundation
import RunSupport

/// BIDMC vital signs as prepared data: records [4000, 2] of pulse wave and electrocardiogram, one real target each.
package enum BIDMCPreparation {
  package static let family = "bidmc"
  package static let length = 4000
  package static let channelCount = 2
  private static let downloadCommand = "`make download-bidmc`"

  /// Joins both files of a task, draws lists of 70, 15 and 15 % and standardises each channel with the training records.
  ///
  /// - Parameters:
  ///   - raw: the raw folder, with its receipt.
  ///   - output: the prepared folder.
  ///   - length: steps of a record; another than 4000 serves tests.
  /// - Throws: `StageError` if a file is missing, changed or damaged, or the folder cannot be written.
  @discardableResult
  package static func prepare(_ task: BIDMCTask, raw: String, output: String, length: Int = length) throws -> DatasetCard {
    let rawFolder = try RawFolder(directory: raw, command: downloadCommand)
    let files = try task.fileNames.map(rawFolder.required)
    return try PreparedFolder.make(at: output) { folder in
      var targets: [Float] = []
      var missingCount = 0
      try folder.write("values.npy", of: .float32, rowShape: [length, channelCount]) { writer in
        for file in files {
          missingCount += try read(file.path, length: length) { record in
            try writer.append(record.values)
            targets.append(record.target)
          }
        }
      }
      let splits = SplitLists.seventyFifteenFifteen(count: targets.count)
      guard Split.allCases.allSatisfy({ splits[$0]?.isEmpty == false }) else {
        throw StageError(
          .badData, "too few records in \(raw)", where: raw, why: "\(targets.count) whole records cannot be split into three parts",
          fix: "delete the files of the task and run \(downloadCommand)")
      }
      let normalization = normalization(try folder.read("values.npy"), records: splits[.train] ?? [])
      let counts = try folder.write(targets: targets, splits: splits)
      return DatasetCard(
        family: family, variant: task.rawValue, inputKind: .values, sequenceLength: length, channelCount: channelCount, vocabulary: [],
        classCount: 0, normalization: normalization, splits: counts, sources: files.map(\.source), generator: nil,
        unofficial: !files.allSatisfy(\.source.official), standIn: false, notes: notes(task, missingCount: missingCount), arrays: [:],
        targetKind: .real)
    }
  }

  /// - Returns: records with missing values, which are passed over.
  private static func read(_ path: String, length: Int, _ body: (TimeSeriesTable.Record) throws -> Void) throws -> Int {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw AtomicFile.failure("read a file", path) }
    defer { try? handle.close() }
    var table = TimeSeriesTable(
      name: path, dimensionCount: channelCount, length: length, advice: "delete \(path) and run \(downloadCommand)")
    while let piece = try handle.piece(upTo: 1 << 20, of: path), !piece.isEmpty {
      try piece.withUnsafeBytes { try table.feed($0, body) }
    }
    try table.finish(body)
    return table.missingCount
  }

  /// Mean and deviation of each channel over all steps of some records; deviation 1 where nothing varies.
  private static func normalization(_ array: NumPyArray, records: [Int32]) -> DatasetCard.Normalization {
    let rowSize = array.shape[1] * channelCount
    let count = Double(records.count * array.shape[1])
    return array.data.withUnsafeBytes { bytes in
      let values = bytes.assumingMemoryBound(to: Float.self)
      func total(_ channel: Int, _ term: (Double) -> Double) -> Double {
        var sum = 0.0
        for record in records {
          let row = Int(record) * rowSize
          for place in stride(from: row + channel, to: row + rowSize, by: channelCount) { sum += term(Double(values[place])) }
        }
        return sum
      }
      let mean = (0..<channelCount).map { total($0) { $0 } / count }
      let deviation = (0..<channelCount).map { channel in
        (total(channel) { ($0 - mean[channel]) * ($0 - mean[channel]) } / count).squareRoot()
      }
      return .init(scale: 1, mean: mean, deviation: deviation.map { $0 > 0 ? $0 : 1 })
    }
  }

  private static func notes(_ task: BIDMCTask, missingCount: Int) -> [String] {
    let missing = missingCount == 0 ? [] : ["\(missingCount) records with missing values were left out"]
    return missing + [
      "channels: PPG, ECG; target: \(task.target), not normalised",
      "both files joined, split anew into 70 % train, 15 % validation, 15 % test, drawn with Philox seed \(SplitLists.seed)",
    ]
  }
}
