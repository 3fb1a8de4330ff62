import Catalogue
import Foundation
import Runs

/// What runs and data take on the disk.
package enum DiskEstimate {
  /// About the bytes of one finished run: two checkpoints of weights and two moments each, the best weights twice, and its tables.
  package static func bytes(ofRun experiment: Experiment) -> Double {
    8 * 4 * Double(experiment.configuration.expectedParameterCount ?? 0) + 4e5
  }

  /// The bytes of all files below a folder; 0 without it.
  package static func bytes(below folder: String) -> Double {
    let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return paths.map { path in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")
      guard attributes?[.type] as? FileAttributeType == .typeRegular else { return 0 }
      return (attributes?[.size] as? NSNumber)?.doubleValue ?? 0
    }.reduce(0, +)
  }
}
