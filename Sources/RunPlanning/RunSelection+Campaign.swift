import Catalogue
import RunSupport

extension RunSelection {
  /// The goal that trains what evidence rests on, in the order of its worth.
  package static let campaign = "campaign"

  /// The runs of the campaign that are not shipped, finished here or not, in its order.
  ///
  /// - Parameters:
  ///   - entries: names of entries; empty for all.
  ///   - results: the folder with `shipped`.
  /// - Throws: `StageError`: as of `Campaign`, and `usage` for an entry that there is not.
  package init(campaignOf catalogue: ExperimentCatalogue, entries: [String] = [], results: String) throws {
    members = try Self.entries(entries, of: Campaign(of: catalogue)).flatMap { $0.members }.compactMap { member in
      let open = member.seeds.filter { !member.experiment.isShipped(seed: $0, results: results) }
      return open.isEmpty ? nil : Member(experiment: member.experiment, seeds: open)
    }
  }

  /// - Throws: `StageError` (`usage`) for a name that is none.
  static func entries(_ names: [String], of campaign: Campaign) throws -> [Campaign.Entry] {
    let known = campaign.entries.map(\.name)
    guard let unknown = names.first(where: { !known.contains($0) }) else {
      return campaign.entries.filter { names.isEmpty || names.contains($0.name) }
    }
    throw StageError(
      .usage, "the campaign has no entry '\(unknown)'", where: "TASKS",
      why: "its entries are \(known.joined(separator: ", "))",
      fix: NearestName.suggestion(for: unknown, among: known).map { "did you mean \($0)?" }
        ?? "name one of them, or leave TASKS out for all")
  }
}

extension Campaign.Entry {
  package var members: [RunSelection.Member] { runs.map { RunSelection.Member(experiment: $0.experiment, seeds: $0.seeds) } }
}
