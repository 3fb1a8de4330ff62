import Catalogue
import Foundation

/// What runs and data take on the disk.
package enum DiskEstimate {
  /// About the bytes of one finished run: two checkpoints of weights and two moments each, and the best weights.
  ///
  /// Weights of a block are counted as those of its mixing H → 2H from two directions and 400 numbers a channel, which is within a factor
  /// of two for the catalogue's models; the small models of waves, denoising and delay count as one megabyte.
  package static func bytes(ofRun experiment: Experiment) -> Double {
    guard let model = experiment.configuration.model.blocks else { return 1e6 }
    let width = Double(model.modelWidth)
    return 7 * 4 * Double(model.layerCount) * (4 * width * width + 400 * width) + 1e5
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

  /// `3.2 GB`.
  package static func text(_ bytes: Double) -> String {
    let (value, unit) = bytes >= 1e9 ? (bytes / 1e9, "GB") : bytes >= 1e6 ? (bytes / 1e6, "MB") : (bytes / 1e3, "kB")
    return String(format: value >= 100 ? "%.0f %@" : "%.1f %@", value, unit)
  }
}
