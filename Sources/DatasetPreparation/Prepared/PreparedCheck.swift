import Datasets
import Foundation
import RunSupport

/// Compares the arrays of a prepared folder with its card.
package enum PreparedCheck {
  /// - Returns: a line per array.
  /// - Throws: `StageError`: `missingInput` for a missing file, `badData` for a wrong hash or files that do not fit each other.
  package static func run(_ directory: String) throws -> [String] {
    let card = try PreparedDataset(directory: directory).card
    return try card.arrays.sorted { $0.key < $1.key }.map { name, expected in
      let path = (directory as NSString).appendingPathComponent(name)
      let found = try FileHash.hex(ofFile: path)
      guard found == expected else {
        throw StageError(
          .badData, "checksum differs for \(path)", where: path, why: "the card says sha256 \(expected), found \(found)",
          fix: "delete the folder and run `make data-\(card.family)` at its PRESET, or the run that needs it")
      }
      return "\(path): sha256 agrees"
    }
  }
}
