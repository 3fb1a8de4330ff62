import Arrays
import Foundation
import RunSupport

/// `values.npy`: records of equal length, normalised when they are gathered.
struct ValueRecords: Sendable {
  let count: Int
  private let length: Int
  private let channelCount: Int
  /// Shape [records, length, channels].
  private let array: NumPyArray
  private let normalization: DatasetCard.Normalization
  /// The normalised value of each byte, shape [channels, 256].
  private let table: [Float]

  /// - Throws: `StageError` (`badData`) if shape, element type or normalisation do not fit the card.
  init(_ file: PreparedFile, card: DatasetCard) throws {
    array = try file.array("values.npy")
    guard array.shape.count == 3, array.shape[1] == card.sequenceLength, array.shape[2] == card.channelCount else {
      throw file.damaged(
        "values.npy", "its shape is \(array.shape), the card says [records, \(card.sequenceLength), \(card.channelCount)]")
    }
    guard array.elementType == .uint8 || array.elementType == .float32 else {
      throw file.damaged("values.npy", "it holds \(array.elementType.rawValue), supported are |u1 and <f4")
    }
    (count, length, channelCount) = (array.shape[0], array.shape[1], array.shape[2])
    let ones = [Double](repeating: 1, count: channelCount)
    normalization = card.normalization ?? .init(scale: 1, mean: ones.map { _ in 0 }, deviation: ones)
    guard normalization.mean.count == channelCount, normalization.deviation.count == channelCount,
      normalization.deviation.allSatisfy({ $0 > 0 })
    else {
      throw file.damaged("card.json", "normalisation needs \(channelCount) means and as many positive deviations")
    }
    let rule = normalization
    table = (0..<channelCount).flatMap { channel in
      (0..<256).map { Float((Double($0) * rule.scale - rule.mean[channel]) / rule.deviation[channel]) }
    }
  }

  /// Chosen records, shape [B, channels, length]: (x·scale − mean) / deviation.
  func gather(_ chosen: [Int]) -> Tensor {
    let result = Tensor(uninitialized: [chosen.count, channelCount, length])
    array.data.withUnsafeBytes { bytes in
      for (row, record) in chosen.enumerated() {
        let first = record * length * channelCount
        for channel in 0..<channelCount {
          let target = result.elements + (row * channelCount + channel) * length
          switch array.elementType {
          case .uint8: copyBytes(bytes, from: first + channel, channel: channel, to: target)
          default: copyFloats(bytes, from: first + channel, channel: channel, to: target)
          }
        }
      }
    }
    return result
  }

  private func copyBytes(_ bytes: UnsafeRawBufferPointer, from first: Int, channel: Int, to target: UnsafeMutablePointer<Float>) {
    table.withUnsafeBufferPointer { table in
      for step in 0..<length { target[step] = table[channel * 256 + Int(bytes[first + step * channelCount])] }
    }
  }

  private func copyFloats(_ bytes: UnsafeRawBufferPointer, from first: Int, channel: Int, to target: UnsafeMutablePointer<Float>) {
    let values = bytes.assumingMemoryBound(to: Float.self)
    let scale = normalization.scale
    let mean = normalization.mean[channel]
    let deviation = normalization.deviation[channel]
    for step in 0..<length { target[step] = Float((Double(values[first + step * channelCount]) * scale - mean) / deviation) }
  }
}
