import Foundation

/// What a folder takes in a file system.
struct FolderSize {
  /// Sum of the sizes of all files.
  private(set) var bytes = 0
  /// Pages of 4 kB that the files fill, each its own.
  private(set) var pages = 0
  /// Files and folders below it.
  private(set) var entries = 0

  init(_ folder: String) {
    for case let path as String in FileManager.default.enumerator(atPath: folder)?.allObjects ?? [] {
      entries += 1
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")
      guard attributes?[.type] as? FileAttributeType == .typeRegular, let size = attributes?[.size] as? Int else { continue }
      bytes += size
      pages += (size + 4095) / 4096
    }
  }
}
