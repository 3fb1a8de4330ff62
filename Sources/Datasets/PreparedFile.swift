import Arrays
import Foundation
import RunSupport

/// Reads the files of one prepared folder and words their errors.
struct PreparedFile {
  let directory: String

  func card() throws -> DatasetCard {
    try JSONText.decode(DatasetCard.self, fromFile: path("card.json"), madeBy: remedy)
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
