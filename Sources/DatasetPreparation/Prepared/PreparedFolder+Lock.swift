import Datasets
import Foundation
import RunSupport

extension PreparedFolder {
  /// Runs `body` while no other process makes the same folder. A folder that another process finished meanwhile is not made again.
  ///
  /// The lock lies beside the folder, which is renamed as a whole; the system lets go of it when its process dies.
  ///
  /// - Parameter body: makes the folder at the path it is given, without a slash at its end.
  /// - Throws: `StageError` (`inputOutput`) and what `body` throws.
  static func alone(at output: String, _ body: (_ output: String) throws -> DatasetCard) throws -> DatasetCard {
    let output = output.count > 1 && output.hasSuffix("/") ? String(output.dropLast()) : output
    let (name, parent) = ((output as NSString).lastPathComponent, (output as NSString).deletingLastPathComponent)
    try AtomicFile.makeDirectory(parent)
    let earlier = modification(of: output)
    let (lock, hasWaited) = try FileLock.waiting(
      path: (parent as NSString).appendingPathComponent(".\(name).lock"), holder: "making \(output)", removesFile: true
    ) { Messages.line("\(output): \($0)") }
    defer { withExtendedLifetime(lock) {} }
    if hasWaited, modification(of: output) != earlier,
      let card = try? JSONText.decode(DatasetCard.self, fromFile: "\(output)/\(cardName)", madeBy: "it again")
    {
      return card
    }
    return try body(output)
  }

  private static func modification(of output: String) -> Date? {
    (try? FileManager.default.attributesOfItem(atPath: "\(output)/\(cardName)"))?[.modificationDate] as? Date
  }
}
