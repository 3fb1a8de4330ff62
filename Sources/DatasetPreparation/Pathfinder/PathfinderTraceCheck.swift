import Arrays
import Datasets
import Foundation
import RunSupport

/// Compares the labels of a prepared Pathfinder folder with its pictures.
package enum PathfinderTraceCheck {
  /// - Parameters:
  ///   - limit: look at so many records, evenly spread over all.
  ///   - threadCount: the result does not depend on it.
  /// - Returns: a line with the rate of agreement.
  /// - Throws: `StageError`: `badConfiguration` if the folder holds something else, or as of reading it.
  package static func run(_ directory: String, limit: Int, threadCount: Int) throws -> String {
    let card = try PreparedDataset(directory: directory).card
    let resolution = Int(Double(card.sequenceLength).squareRoot())
    guard card.variant.hasPrefix("pathfinder-"), PathfinderSettings.resolutions.contains(resolution) else {
      throw StageError(
        .badConfiguration, "\(directory) holds no Pathfinder pictures", where: directory,
        why: "its card says \(card.family) \(card.variant)", fix: "leave --trace out, or pass another --output")
    }
    let settings = PathfinderSettings(resolution: resolution, contourLength: card.generator?.parameters["contourLength"] ?? 14)
    let values = try NumPyFile.read((directory as NSString).appendingPathComponent("values.npy"))
    let labels = try NumPyFile.read((directory as NSString).appendingPathComponent("labels.npy")).values(as: Int32.self)
    let count = min(max(limit, 1), labels.count)
    let agreements = orderedMap(0..<count, threadCount: threadCount, chunkSize: 4) { index in
      let record = index * labels.count / count
      let first = record * card.sequenceLength
      return values.data.withUnsafeBytes { bytes in
        let pixels = [UInt8](bytes[first..<first + card.sequenceLength])
        return PathfinderTrace(pixels: pixels, settings: settings).label == Int(labels[record])
      }
    }
    let agreed = agreements.count { $0 }
    let error = 0.5 / Double(count).squareRoot()
    let rate = Double(agreed) / Double(count)
    let verdict = rate > 0.5 + 4 * error ? "labels belong to the pictures" : "NO better than chance, which is 50 %"
    return String(format: "%@: traced labels agree for %d of %d pictures (%.1f %%): %@", directory, agreed, count, 100 * rate, verdict)
  }
}
