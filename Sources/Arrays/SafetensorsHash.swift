import Foundation
import RunSupport

/// The SHA-256 of what a safetensors file holds, which the files that we write name in their metadata.
///
/// It is of each tensor, in the order of their names: a line with name, type and shape, then the bytes of its values.
struct SafetensorsHash {
  /// The name of the hash among the metadata.
  static let key = "contentSHA256"

  private let hash = FileHash(.sha256)

  func begin(_ name: String, _ elementType: SafetensorsTensor.ElementType, shape: [Int]) {
    let sizes = shape.map(String.init).joined(separator: ",")
    Array("\(name) \(elementType.rawValue) [\(sizes)]\n".utf8).withUnsafeBytes { hash.update($0) }
  }

  func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bytes) }

  /// The digest in lower-case hexadecimal; the value must not be used afterwards.
  func finish() -> String { hash.finish() }
}

extension SafetensorsEntry {
  /// The hash of a file with these arrays.
  static func contentHash(of entries: [SafetensorsEntry]) throws -> String {
    let hash = SafetensorsHash()
    for entry in entries.sorted(by: { $0.name < $1.name }) {
      hash.begin(entry.name, entry.elementType, shape: entry.shape)
      try entry.write(hash.update)
    }
    return hash.finish()
  }
}

extension SafetensorsFile {
  var contentHash: String {
    get throws {
      let hash = SafetensorsHash()
      for name in names {
        let tensor = try tensor(name)
        hash.begin(name, tensor.elementType, shape: tensor.shape)
        tensor.data.withUnsafeBytes { hash.update($0) }
      }
      return hash.finish()
    }
  }
}
