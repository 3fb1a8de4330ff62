/// The archive in which the Long Range Arena released its tasks: ListOps, Retrieval and Pathfinder.
package enum ArenaArchive {
  /// Its entry in `data/sources.yaml` and folder below `data/raw`; the family of all tasks that are prepared.
  package static let dataset = "lra"
  package static let name = "lra_release.gz"
}
