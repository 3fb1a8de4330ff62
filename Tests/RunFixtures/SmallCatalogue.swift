import Catalogue
import Foundation
import RunSupport

extension ExperimentCatalogue {
  /// Copies our own small experiments and what they share, without claims, in the place of an earlier copy: quick to read.
  package static func copySmall(to copy: String) throws {
    let manager = FileManager.default
    try? manager.removeItem(atPath: copy)
    try AtomicFile.makeDirectory(copy)
    for name in ["tiny", "methods", "tasks", "published.csv"] {
      try manager.copyItem(atPath: "\(bundledDirectory)/\(name)", toPath: "\(copy)/\(name)")
    }
  }
}
