import Datasets
import Foundation
import RunSupport

/// The released ListOps files of a raw folder: three tables, or the whole release archive that contains them.
struct ListOpsRelease {
  private static let downloadCommand = "`make download-lra TASKS=listops`"

  private let folder: RawFolder
  /// Nil if the tables lie in the folder by themselves.
  private let archive: String?
  let sources: [DatasetCard.Source]
  let standIn: Bool

  /// - Throws: `StageError` (`missingInput`) if the folder's receipt lists neither.
  init(raw: String) throws {
    let folder = try RawFolder(directory: raw, command: Self.downloadCommand)
    let tables = Split.allCases.compactMap { ListOpsPreparation.releasedNames[$0] }
    let names = tables.allSatisfy { folder.receipt[$0] != nil } ? tables : [ArenaArchive.name]
    self.folder = folder
    archive = names == tables ? nil : ArenaArchive.name
    sources = names.compactMap(folder.cardSource)
    standIn = names.contains { folder.receipt[$0]?.standIn == true }
    guard sources.count == names.count else {
      throw StageError(
        .missingInput, "no ListOps files in \(raw)", where: raw, why: "the receipt lists neither them nor \(ArenaArchive.name)",
        fix: "run \(Self.downloadCommand), or use --source generated")
    }
  }

  func examples() throws -> [Split: [ListOpsExample]] {
    if let archive, let path = try folder.verifiedPath(of: archive) { return try members(of: path) }
    var examples: [Split: [ListOpsExample]] = [:]
    for (split, name) in ListOpsPreparation.releasedNames {
      guard let path = try folder.verifiedPath(of: name) else { continue }
      examples[split] = try ListOpsTable.read(file: path)
    }
    return examples
  }

  /// Streams the three tables out of the archive and stops behind the last.
  private func members(of path: String) throws -> [Split: [ListOpsExample]] {
    let advice = "delete \(path) and run \(Self.downloadCommand)"
    var examples: [Split: [ListOpsExample]] = [:]
    try ArchiveReader(path: path, advice: advice, limits: .longRangeArena).forEachMember { member in
      if let split = ListOpsPreparation.releasedNames.first(where: { ("/" + member.name).hasSuffix("/" + $0.value) })?.key {
        var table = ListOpsTable(name: "\(path), \(member.name)")
        try member.forEachPiece { try table.feed($0) }
        examples[split] = try table.finish()
      }
      return examples.count < Split.allCases.count
    }
    for split in Split.allCases where examples[split] == nil {
      throw StageError(
        .badData, "no \(ListOpsPreparation.releasedNames[split] ?? "") in \(path)", where: path,
        why: "the archive holds no file of that name", fix: advice)
    }
    return examples
  }
}
