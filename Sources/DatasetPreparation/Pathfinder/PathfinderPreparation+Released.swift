import Datasets
import RunSupport

extension PathfinderPreparation {
  /// Pictures of the hard folder in the release.
  private static let releasedCount = 200_000

  /// Streams the hard pictures of one size out of the release archive.
  ///
  /// - Throws: `StageError`: `missingInput` if the archive was not downloaded, `badData` if it is damaged or holds other data,
  ///   `badConfiguration` for a size that it does not have, `inputOutput`.
  @discardableResult
  package static func prepareReleased(raw: String, resolution: Int, centered: Bool, output: String) throws -> DatasetCard {
    guard PathfinderSettings.resolutions.contains(resolution) else {
      throw StageError(
        .badConfiguration, "no Pathfinder pictures of \(resolution)×\(resolution) pixels", where: "--resolution",
        why: "the release has none", fix: "pass one of \(PathfinderSettings.resolutions.map(String.init).joined(separator: ", "))")
    }
    var file = try RawFolder(directory: raw, command: "`make download-lra TASKS=pathfinder`").required(ArenaArchive.name)
    file.advice += ", or use --source generated"
    let release = try PathfinderRelease(file, resolution: resolution)
    let pixelCount = resolution * resolution
    try DiskSpace.require(release.entries.count * pixelCount, at: output, advice: "pass another --output")
    var card = card(variant: variant("pathfinder-released", centered: centered), resolution: resolution, centered: centered)
    card.sources = [file.source]
    return try PreparedFolder.make(at: output) { folder in
      var outcome = PathfinderRelease.Outcome()
      try folder.write("values.npy", of: .uint8, rowShape: [pixelCount, 1]) { writer in
        outcome = try release.forEachPicture { try writer.append($0) }
      }
      let labels = outcome.order.map { Int32(release.entries[$0].label) }
      card.splits = try folder.write(labels: labels, classCount: 2, splits: splits(of: outcome))
      card.notes = notes(release, outcome)
      card.unofficial = !file.source.official || release.entries.count != releasedCount
      return card
    }
  }

  /// Lists that depend on the order of the metadata alone, not on that of the archive.
  private static func splits(of outcome: PathfinderRelease.Outcome) -> [Split: [Int32]] {
    let records = outcome.order.indices.sorted { outcome.order[$0] < outcome.order[$1] }.map(Int32.init)
    return eightyTenTen(SplitLists.shuffled(records))
  }

  private static func notes(_ release: PathfinderRelease, _ outcome: PathfinderRelease.Outcome) -> [String] {
    var notes = [
      "pictures of \(release.folder); splits of ours, drawn with Philox seed \(SplitLists.seed)",
      "`prepare-lra verify --trace --output FOLDER` compares labels with pictures",
    ]
    if !release.otherFolders.isEmpty {
      notes.append("the inner of \(release.otherFolders.count + 1) folders; passed over: \(release.otherFolders.joined(separator: ", "))")
    }
    if outcome.emptyFiles > 0 { notes.append("\(outcome.emptyFiles) empty files were skipped") }
    if outcome.unnamed > 0 { notes.append("\(outcome.unnamed) pictures without metadata were skipped") }
    let count = release.entries.count
    if count != releasedCount { notes.append("the release has \(releasedCount) such pictures, this archive \(count)") }
    return notes
  }
}
