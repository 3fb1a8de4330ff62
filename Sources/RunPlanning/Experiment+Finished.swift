import Catalogue
import Foundation
import RunSupport
import Runs

extension Experiment {
  /// When a run of the present configuration, made here, was finished; nil if there is none.
  ///
  /// - Parameter results: the folder with `runs`.
  func finishTime(seed: UInt64, results: String) -> Date? {
    let folder = "\(results)/runs/\(FinishedRun.relativePath(experiment: id, preset: preset, seed: seed))"
    guard let time = FileManager.default.modificationDate(of: "\(folder)/summary.json") else { return nil }
    guard let found = FileManager.default.contents(atPath: "\(folder)/configuration.json") else { return time }
    return found == (try? JSONText.encode(configuration)).map { Data($0.utf8) } ? time : nil
  }

  /// Whether a run of the present configuration came with the repository.
  ///
  /// - Parameter results: the folder with `shipped`.
  func isShipped(seed: UInt64, results: String) -> Bool {
    let path = FinishedRun.relativePath(experiment: id, preset: preset, seed: seed)
    return (try? FinishedRun(path: path, origin: .shipped, results: results))?.configuration == configuration
  }
}

extension FileManager {
  /// When a file was last written; nil if there is none.
  func modificationDate(of path: String) -> Date? { (try? attributesOfItem(atPath: path))?[.modificationDate] as? Date }
}
