import Foundation
import RunSupport

/// One array to be written.
package struct SafetensorsEntry {
  package let name: String
  package let elementType: SafetensorsTensor.ElementType
  package let shape: [Int]
  private let withBytes: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void

  var byteCount: Int { shape.reduce(elementType.byteCount, *) }

  func write(_ append: (UnsafeRawBufferPointer) throws -> Void) throws { try withBytes(append) }
}

extension SafetensorsEntry {
  /// The values as F32.
  package init(_ name: String, _ array: HostArray) {
    self.init(name: name, elementType: .float32, shape: array.shape, withBytes: array.withBytes)
  }

  /// - Precondition: `values.count` is the product of `shape`.
  package init(_ name: String, _ values: [Double], shape: [Int]) {
    precondition(values.count == shape.reduce(1, *), "SafetensorsEntry: \(values.count) values for shape \(shape)")
    self.init(name: name, elementType: .float64, shape: shape) { body in try values.withUnsafeBytes(body) }
  }

  /// - Precondition: `values.count` is the product of `shape`.
  package init(_ name: String, _ values: [Int64], shape: [Int]) {
    precondition(values.count == shape.reduce(1, *), "SafetensorsEntry: \(values.count) values for shape \(shape)")
    self.init(name: name, elementType: .int64, shape: shape) { body in try values.withUnsafeBytes(body) }
  }
}

extension SafetensorsFile {
  /// Writes arrays atomically, in the order given and straight from where they lie; the hash of the content joins the metadata.
  ///
  /// Equal names, values and metadata give equal bytes.
  ///
  /// - Precondition: all names differ and none is `__metadata__`.
  /// - Throws: `StageError` (`inputOutput`).
  package static func write(_ entries: [SafetensorsEntry], metadata: [String: String] = [:], to path: String) throws {
    let hash = [SafetensorsHash.key: try SafetensorsEntry.contentHash(of: entries)]
    let header = headerBytes(entries, metadata: metadata.merging(hash) { $1 })
    try AtomicFile.write(to: path) { append in
      try header.withUnsafeBytes { try append($0) }
      for entry in entries { try entry.write(append) }
    }
  }

  /// The length and the JSON text, padded with spaces to a multiple of 8 bytes.
  static func headerBytes(_ entries: [SafetensorsEntry], metadata: [String: String]) -> [UInt8] {
    precondition(Set(entries.map(\.name) + ["__metadata__"]).count == entries.count + 1, "SafetensorsFile: a name is used twice")
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    var start = 0
    for entry in entries {
      let end = start + entry.byteCount
      let shape = entry.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(entry.name)):{\"dtype\":\"\(entry.elementType.rawValue)\",\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}")
      start = end
    }
    var text = Array("{\(members.joined(separator: ","))}".utf8)
    text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text
  }

  /// A JSON string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20: result += String(format: "\\u%04x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
