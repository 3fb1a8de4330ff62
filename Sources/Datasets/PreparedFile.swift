import Arrays
import Foundation
import RunSupport

/// Reads the files of one prepared folder and words their errors.
struct PreparedFile {
  let directory: String

  /// The card, whose sizes are such that nothing computed from them overflows.
  func card() throws -> DatasetCard {
    let card = try JSONText.decode(DatasetCard.self, fromFile: path("card.json"), madeBy: remedy)
    for (name, value, range) in card.sizes where !range.contains(value) {
      throw damaged("card.json", "\(name) is \(value), possible are \(range.lowerBound) to \(range.upperBound)")
    }
    if let picture = card.picture, picture.count > SampleDescription.longestSequence {
      throw damaged("card.json", "a picture of \(picture.count) steps, possible are \(SampleDescription.longestSequence)")
    }
    return card
  }

  func array(_ name: String) throws -> NumPyArray {
    guard FileManager.default.fileExists(atPath: path(name)) else {
      throw StageError(
        .missingInput, "no file \(path(name))", where: path(name), why: "the prepared folder is incomplete",
        fix: "delete the folder and run \(remedy)")
    }
    return try NumPyFile.read(path(name))
  }

  /// A one-dimensional `int32` array whose values lie in `0 ..< bound`.
  func integers(_ name: String, below bound: Int, called noun: String) throws -> [Int32] {
    let array = try array(name)
    guard array.elementType == .int32, array.shape.count == 1 else {
      throw damaged(name, "it holds \(array.elementType.rawValue) of shape \(array.shape), needed is a list of <i4")
    }
    let values = try array.values(as: Int32.self)
    if let wrong = values.firstIndex(where: { $0 < 0 || Int($0) >= bound }) {
      throw damaged(name, "\(noun) \(values[wrong]) at place \(wrong) is not below \(bound)")
    }
    return values
  }

  /// A `float32` array of finite numbers with this shape.
  func finiteNumbers(_ name: String, shape: [Int]) throws -> [Float] {
    let array = try array(name)
    guard array.elementType == .float32, array.shape == shape else {
      throw damaged(name, "it holds \(array.elementType.rawValue) of shape \(array.shape), needed is <f4 of shape \(shape)")
    }
    let values = try array.values(as: Float.self)
    if let wrong = values.firstIndex(where: { !$0.isFinite }) { throw damaged(name, "number \(wrong) is not finite") }
    return values
  }

  func damaged(_ name: String, _ why: String, what: String = "does not fit the prepared folder") -> StageError {
    StageError(.badData, "\(path(name)) \(what)", where: path(name), why: why, fix: "delete the folder and run \(remedy)")
  }

  private func path(_ name: String) -> String { (directory as NSString).appendingPathComponent(name) }

  /// The family is the folder that holds the variants.
  private var remedy: String {
    let family = ((directory as NSString).deletingLastPathComponent as NSString).lastPathComponent
    return "`make data-\(family)` at its PRESET, or the run that needs it"
  }
}

extension DatasetCard {
  /// Every size that the card states, and what is possible.
  fileprivate var sizes: [(name: String, value: Int, range: ClosedRange<Int>)] {
    let steps = 1...SampleDescription.longestSequence
    return [
      ("sequenceLength", sequenceLength, steps), ("channelCount", channelCount, 1...65_536), ("classCount", classCount, 0...1_000_000),
      ("documentCount", documentCount ?? 1, 1...1000), ("noiseStepCount", noiseStepCount ?? 0, 0...SampleDescription.longestSequence),
      ("samplingRate", samplingRate ?? 1, steps), ("picture.frames", picture?.frames ?? 1, 1...100_000),
      ("picture.height", picture?.height ?? 1, 1...100_000), ("picture.width", picture?.width ?? 1, 1...100_000),
    ]
  }
}
