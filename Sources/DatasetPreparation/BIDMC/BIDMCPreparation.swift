import Arrays
import Datasets
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
    let files = try task.fileNames.map { try rawFolder.required($0) }
    return try PreparedFolder.make(at: output) { folder in
      var targets: [Float] = []
      var missingCount = 0
      try folder.write("values.npy", of: .float32, rowShape: [length, channelCount]) { writer in
        for file in files {
          var table = TimeSeriesTable(name: file.path, dimensionCount: channelCount, length: length, advice: file.advice)
          try table.read(file: file.path) { record in
            try writer.append(record.values)
            targets.append(record.target)
          }
          missingCount += table.missingCount
        }
      }
      let splits = SplitLists.seventyFifteenFifteen(count: targets.count)
      guard Split.allCases.allSatisfy({ splits[$0]?.isEmpty == false }) else {
        throw StageError(
          .badData, "too few records in \(raw)", where: raw, why: "\(targets.count) whole records cannot be split into three parts",
          fix: "delete the files of the task and run \(downloadCommand)")
      }
      var card = DatasetCard(
        family: family, variant: task.rawValue, inputKind: .values, sequenceLength: length, channelCount: channelCount, classCount: 0)
      card.targetKind = .real
      card.normalization = normalization(try folder.read("values.npy"), records: splits[.train] ?? [])
      card.splits = try folder.write(targets: targets, splits: splits)
      card.sources = files.map(\.source)
      card.unofficial = !files.allSatisfy(\.source.official)
      card.notes = notes(task, missingCount: missingCount)
      return card
    }
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
