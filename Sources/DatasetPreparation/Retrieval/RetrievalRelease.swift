import Datasets
import Foundation
import RunSupport

/// The released files of the Retrieval task in a raw folder: three tables, or the release archive that contains them.
struct RetrievalRelease {
  /// What the released files are called in `data/sources.yaml`, by split.
  static let names: [Split: String] = [
    .train: "tsv_data/new_aan_pairs.train.tsv", .validation: "tsv_data/new_aan_pairs.eval.tsv", .test: "tsv_data/new_aan_pairs.test.tsv",
  ]
  private static let downloadCommand = "`make download-lra TASKS=retrieval`"

  private let folder: RawFolder
  private let isArchive: Bool
  let sources: [DatasetCard.Source]

  /// - Throws: `StageError` (`missingInput`), which says how to obtain the files, if the folder's receipt lists neither.
  init(raw: String) throws {
    let tables = Split.allCases.compactMap { Self.names[$0] }
    let folder: RawFolder
    do {
      folder = try RawFolder(directory: raw, command: Self.downloadCommand)
    } catch let error as StageError where error.code == .missingInput {
      throw Self.missing(raw, why: error.why)
    }
    isArchive = !tables.allSatisfy { folder.receipt[$0] != nil }
    self.folder = folder
    let names = isArchive ? [ArenaArchive.name] : tables
    sources = names.compactMap(folder.cardSource)
    guard sources.count == names.count else {
      throw Self.missing(raw, why: "the receipt lists neither the three tables nor \(ArenaArchive.name)")
    }
  }

  /// Calls `body` with every pair; files in the order train, validation, test, members in that of the archive.
  func forEachPair(_ body: (Split, DocumentPair) throws -> Void) throws {
    if isArchive {
      let path = try folder.required(ArenaArchive.name).path
      return try forEachPair(inArchive: path, body)
    }
    for split in Split.allCases {
      let path = try folder.required(Self.names[split] ?? "").path
      guard let handle = FileHandle(forReadingAtPath: path) else { throw AtomicFile.failure("read a file", path) }
      defer { try? handle.close() }
      var table = DocumentPairTable(name: path, advice: "delete \(path) and run \(Self.downloadCommand)")
      while let piece = try handle.piece(upTo: 1 << 20, of: path), !piece.isEmpty {
        try piece.withUnsafeBytes { try table.feed($0) { try body(split, $0) } }
      }
      try table.finish { try body(split, $0) }
    }
  }

  private func forEachPair(inArchive path: String, _ body: (Split, DocumentPair) throws -> Void) throws {
    let advice = "delete \(path) and run \(Self.downloadCommand)"
    var seen: Set<Split> = []
    try ArchiveReader(path: path, advice: advice, limits: .longRangeArena).forEachMember { member in
      guard let split = Self.names.first(where: { ("/" + member.name).hasSuffix("/" + $0.value) })?.key else { return true }
      guard seen.insert(split).inserted else {
        throw StageError(
          .badData, "two files \(Self.names[split] ?? "") in \(path)", where: "\(path), \(member.name)", why: "the release has one",
          fix: advice)
      }
      var table = DocumentPairTable(name: "\(path), \(member.name)", advice: advice)
      try member.forEachPiece { try table.feed($0) { try body(split, $0) } }
      try table.finish { try body(split, $0) }
      return seen.count < Split.allCases.count
    }
    for split in Split.allCases where !seen.contains(split) {
      throw StageError(
        .badData, "no \(Self.names[split] ?? "") in \(path)", where: path, why: "the archive holds no file of that name", fix: advice)
    }
  }

  private static func missing(_ raw: String, why: String) -> StageError {
    let files = Split.allCases.compactMap { names[$0] }.joined(separator: ", ")
    return StageError(
      .missingInput, "no Retrieval files in \(raw)", where: raw, why: why,
      fix: """
        run \(downloadCommand), which fetches the whole release (about 8 GB); or place \(files) from another copy of it in \(raw) \
        and run that command; the texts come from http://aan.how/download/, but other versions of them are another task. \
        To try the pipeline without them, use --source generated
        """)
  }
}
