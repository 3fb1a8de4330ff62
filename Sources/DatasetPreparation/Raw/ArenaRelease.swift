import Datasets
import RunSupport

/// The released tables of one task of the Long Range Arena in a raw folder: a file for each split, or the release archive with all of them.
struct ArenaRelease {
  /// The remedy if files are missing or damaged.
  private let command: String
  /// What the files are called in `data/sources.yaml`.
  private let names: [Split: String]
  private let folder: RawFolder
  private let isArchive: Bool
  let sources: [DatasetCard.Source]
  let standIn: Bool

  /// - Parameter missing: the error that says how to obtain the files; it is given the reason.
  /// - Throws: `StageError` (`missingInput`) if the folder's receipt lists neither the files nor the archive.
  init(_ names: [Split: String], raw: String, command: String, missing: (_ why: String) -> StageError) throws {
    let folder: RawFolder
    do {
      folder = try RawFolder(directory: raw, command: command)
    } catch let error as StageError where error.code == .missingInput {
      throw missing(error.why)
    }
    isArchive = !names.values.allSatisfy { folder.receipt[$0] != nil }
    let files = isArchive ? [ArenaArchive.name] : Split.allCases.compactMap { names[$0] }
    (self.folder, self.names, self.command) = (folder, names, command)
    sources = files.compactMap(folder.cardSource)
    standIn = files.contains { folder.receipt[$0]?.standIn == true }
    guard sources.count == files.count else { throw missing("the receipt lists neither its tables nor \(ArenaArchive.name)") }
  }

  /// Calls `body` with every row; files in the order train, validation, test, members in that of the archive.
  ///
  /// - Parameter table: a table for a file; it is given what errors call the file, and their remedy.
  func forEachRow<Table: LineTable>(
    _ table: (_ name: String, _ advice: String) -> Table, _ body: (Split, Table.Row) throws -> Void
  ) throws {
    if isArchive { return try forEachRow(inArchive: try folder.required(ArenaArchive.name), table, body) }
    for split in Split.allCases {
      let file = try folder.required(names[split] ?? "")
      var table = table(file.path, file.advice)
      try table.read(file: file.path) { try body(split, $0) }
    }
  }

  private func forEachRow<Table: LineTable>(
    inArchive file: RawFolder.File, _ table: (String, String) -> Table, _ body: (Split, Table.Row) throws -> Void
  ) throws {
    var seen: Set<Split> = []
    try ArchiveReader(path: file.path, advice: file.advice, limits: .longRangeArena).forEachMember { member in
      guard let (split, name) = names.first(where: { ("/" + member.name).hasSuffix("/" + $0.value) }) else { return true }
      guard seen.insert(split).inserted else {
        throw file.bad("two files \(name) in \(file.path)", at: member.name, "the release has one")
      }
      var table = table("\(file.path), \(member.name)", file.advice)
      try table.read(member: member) { try body(split, $0) }
      return seen.count < names.count
    }
    for (split, name) in names where !seen.contains(split) {
      throw file.bad("no \(name) in \(file.path)", "the archive holds no file of that name")
    }
  }
}
