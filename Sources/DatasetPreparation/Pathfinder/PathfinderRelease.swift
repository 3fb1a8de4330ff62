/// The hard Pathfinder pictures of one size in the Long Range Arena's release archive.
///
/// The archive is read twice, because nothing promises that metadata come before pictures; nothing is unpacked to the disk.
struct PathfinderRelease {
  /// The folder of the hardest pictures, the only ones that experiments use.
  private static let difficulty = "curv_contour_length_14"

  private let file: RawFolder.File
  private let resolution: Int
  /// Folder of the pictures inside the archive.
  let folder: String
  /// Folders of the same name that were passed over.
  let otherFolders: [String]
  /// Pictures in the order of the metadata files by their numbers.
  let entries: [PathfinderMetadata.Entry]

  /// What reading the pictures came across.
  struct Outcome {
    /// Entry of each record.
    var order: [Int] = []
    var emptyFiles = 0
    /// Pictures without a line of metadata.
    var unnamed = 0
  }

  /// Reads the metadata.
  ///
  /// - Throws: `StageError` (`badData`) if the archive is damaged, or holds no such pictures or metadata that cannot be read.
  init(_ file: RawFolder.File, resolution: Int) throws {
    self.file = file
    self.resolution = resolution
    var files: [String: [(number: Int, entries: [PathfinderMetadata.Entry])]] = [:]
    try ArchiveReader(path: file.path, advice: file.advice, limits: .longRangeArena).forEachMember { member in
      guard let (folder, rest) = Self.split(member.name, resolution: resolution), rest.count == 2, rest[0] == "metadata",
        rest[1].hasSuffix(".npy"), let number = Int(rest[1].dropLast(4))
      else { return true }
      let entries = try PathfinderMetadata.parse(
        try member.bytes(atMost: 1 << 26), name: "\(file.path), \(member.name)", advice: file.advice)
      files[folder, default: []].append((number, entries))
      return true
    }
    let folders = files.keys.sorted { ($0.split(separator: "/").count, $1) > ($1.split(separator: "/").count, $0) }
    guard let inner = folders.first else {
      throw file.bad(
        "no Pathfinder pictures of \(resolution)×\(resolution) pixels in \(file.path)",
        "it holds no pathfinder\(resolution)/\(Self.difficulty)/metadata")
    }
    folder = inner
    otherFolders = Array(folders.dropFirst())
    entries = (files[inner] ?? []).sorted { $0.number < $1.number }.flatMap(\.entries)
    guard Set(entries.map(\.path)).count == entries.count else {
      throw file.bad("a picture is named twice", at: "\(inner)/metadata", "labels would not be sure")
    }
  }

  /// Calls `body` with the gray values of each picture, in the order of the archive.
  ///
  /// - Throws: `StageError` (`badData`) if a picture is missing, damaged or of another size.
  func forEachPicture(_ body: ([UInt8]) throws -> Void) throws -> Outcome {
    var missing = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.path, $0) })
    var outcome = Outcome()
    try ArchiveReader(path: file.path, advice: file.advice, limits: .longRangeArena).forEachMember { member in
      guard let (folder, rest) = Self.split(member.name, resolution: resolution), folder == self.folder, rest.first == "imgs" else {
        return true
      }
      guard let entry = missing.removeValue(forKey: rest.joined(separator: "/")) else {
        outcome.unnamed += 1
        return true
      }
      let bytes = try member.bytes(atMost: 1 << 24)
      if bytes.isEmpty {
        outcome.emptyFiles += 1
        return true
      }
      try body(try gray(bytes, name: member.name))
      outcome.order.append(entry)
      return true
    }
    guard missing.isEmpty else {
      let why = "metadata name them, for example \(missing.keys.min() ?? "")"
      throw file.bad("\(missing.count) pictures are missing in \(file.path)", at: folder, why)
    }
    return outcome
  }

  private func gray(_ bytes: [UInt8], name: String) throws -> [UInt8] {
    let picture = try PNGFile.decode(bytes, name: "\(file.path), \(name)", advice: file.advice)
    guard picture.width == resolution, picture.height == resolution else {
      let why = "it has \(picture.width)×\(picture.height) pixels, expected are \(resolution)×\(resolution)"
      throw file.bad("a picture has another size", at: name, why)
    }
    if picture.channelCount == 1 { return picture.pixels }
    return stride(from: 0, to: picture.pixels.count, by: 3).map {
      Grayscale.luma(red: picture.pixels[$0], green: picture.pixels[$0 + 1], blue: picture.pixels[$0 + 2])
    }
  }

  /// `a/pathfinder32/curv_contour_length_14/imgs/0/x.png` → `a/pathfinder32/curv_contour_length_14` and the rest.
  private static func split(_ name: String, resolution: Int) -> (folder: String, rest: [String])? {
    let parts = name.split(separator: "/").map(String.init)
    guard let place = parts.firstIndex(of: difficulty), place > 0, parts[place - 1] == "pathfinder\(resolution)" else { return nil }
    return (parts[...place].joined(separator: "/"), Array(parts[(place + 1)...]))
  }
}
