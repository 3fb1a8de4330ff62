import Foundation

/// Bytes that files take.
enum FolderSize {
  /// Sum of the sizes of all files below a folder.
  static func bytes(_ folder: String) -> Int {
    let paths = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
    return paths.reduce(0) { sum, path in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")
      return sum + (attributes?[.type] as? FileAttributeType == .typeRegular ? attributes?[.size] as? Int ?? 0 : 0)
    }
  }
}
