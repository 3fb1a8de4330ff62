import Catalogue
import Datasets
import RunSupport

/// What a goal of Make means.
package enum MakeGoal {
  /// `reproduce-lra`, `quickstart`, `campaign`.
  case group(RunSelection)
  /// An experiment's id: its runs.
  case experiment(RunSelection.Member)
  /// `results/runs/ID/PRESET/seed-1`, with or without its summary.
  case run(Experiment, seed: UInt64)
  /// `data/prepared/…`, with or without its card: the folder below `data/prepared`.
  case preparedFolder(String)
  /// `claim-B6`: the runs that the rule of a claim reads, none of an analytic one.
  case claim([RunSelection.Member])
  /// `data-lra`, `data-listops`, `data-analytic`.
  case data([DataDescription])

  /// - Parameters:
  ///   - preset: of the runs and data, where the goal does not say it.
  ///   - tasks: of a group only these, or entries of the campaign; empty for all.
  ///   - seeds: instead of each experiment's own list; empty for that.
  ///   - results: the folder with `shipped`, whose runs the campaign leaves out.
  ///   - data: the folder with `raw` and `prepared`.
  /// - Throws: `StageError`: `usage` for a goal of another kind, a group or task that has no experiment, data that nobody knows, and seeds of
  ///   the campaign, which has its own; `badConfiguration` for an experiment that does not exist.
  package init(
    _ goal: String, in catalogue: ExperimentCatalogue, preset: Preset, tasks: [String] = [], seeds: [UInt64] = [],
    results: String = "results", data: String = "data"
  ) throws {
    let path = goal.count > 1 && goal.hasSuffix("/") ? String(goal.dropLast()) : goal
    if let match = path.wholeMatch(of: /(?:\.\/)?(.+)\/runs\/([^\/]+)\/([^\/]+)\/seed-([0-9]+)(?:\/summary\.json)?/),
      let preset = Preset(rawValue: String(match.3)), let seed = UInt64(match.4)
    {
      self = .run(try catalogue.resolve(id: String(match.2), preset: preset), seed: seed)
    } else if path.hasPrefix(data + "/prepared/") {
      let folder = path.hasSuffix("/card.json") ? String(path.dropLast("/card.json".count)) : path
      self = .preparedFolder(String(folder.dropFirst((data + "/prepared/").count)))
    } else if path.contains("/") {
      throw StageError(
        .usage, "make why does not know the target \(goal)", where: "TARGET", why: "it is no run and no prepared data",
        fix: "name a run's folder, an experiment of make plan, reproduce-GROUP, a folder below \(data)/prepared, or build")
    } else if path == RunSelection.quickstart {
      self = .group(try RunSelection(quickstartOf: catalogue, preset: preset, seeds: seeds))
    } else if path == RunSelection.campaign {
      guard seeds.isEmpty else {
        throw StageError(
          .usage, "the campaign has seeds of its own", where: "SEEDS",
          why: "each entry of \(Campaign.fileName) names the seeds of its runs",
          fix: "leave SEEDS out; TASKS=\"…\" chooses entries, and make run trains a single run")
      }
      self = .group(try RunSelection(campaignOf: catalogue, entries: tasks, results: results))
    } else if path.hasPrefix("reproduce-") {
      let group = String(path.dropFirst("reproduce-".count))
      self = .group(try RunSelection(catalogue, group: group, preset: preset, tasks: tasks, seeds: seeds))
    } else if path.hasPrefix("claim-") {
      self = .claim(try Self.members(ofClaim: String(path.dropFirst("claim-".count)), in: catalogue, seeds: seeds))
    } else if path.hasPrefix("data-") {
      self = .data(try Self.data(String(path.dropFirst("data-".count)), in: catalogue, at: preset))
    } else {
      let experiment = try catalogue.resolve(id: path, preset: preset)
      self = .experiment(RunSelection.Member(experiment: experiment, seeds: seeds.isEmpty ? experiment.seeds : seeds))
    }
  }

  /// What it trains.
  package var members: [RunSelection.Member] {
    switch self {
    case .group(let selection): selection.members
    case .experiment(let member): [member]
    case .claim(let members): members
    case .run(let experiment, let seed): [RunSelection.Member(experiment: experiment, seeds: [seed])]
    case .preparedFolder, .data: []
    }
  }

  /// What it prepares although it trains nothing with it.
  ///
  /// - Throws: `StageError` (`usage`) for a folder that no data have.
  package func data() throws -> [DataDescription] {
    switch self {
    case .group, .experiment, .run, .claim: []
    case .preparedFolder(let folder): [try DataDescription(preparedPath: folder)]
    case .data(let descriptions): descriptions
    }
  }

  private static func members(
    ofClaim id: String, in catalogue: ExperimentCatalogue, seeds: [UInt64]
  ) throws -> [RunSelection.Member] {
    guard let claim = catalogue.claims.first(where: { $0.id == id }) else {
      let known = catalogue.claims.map(\.id)
      throw StageError(
        .usage, "there is no claim '\(id)'", where: "make claim", why: "the claims are \(known.joined(separator: ", "))",
        fix: NearestName.suggestion(for: id, among: known).map { "did you mean CLAIM=\($0)?" } ?? "name one of them: CLAIM=id")
    }
    return try (claim.rule?.experiments ?? []).map { name in
      let experiment = try catalogue.resolve(id: name, preset: claim.rule?.preset ?? .paper)
      return RunSelection.Member(experiment: experiment, seeds: seeds.isEmpty ? claim.seeds(of: experiment) : seeds)
    }
  }

  /// The data of a purpose; or those of a preset that belong to a family, or whose variant begins with the name: `listops`.
  private static func data(_ name: String, in catalogue: ExperimentCatalogue, at preset: Preset) throws -> [DataDescription] {
    if catalogue.extraData.purposes.contains(name) { return catalogue.extraData.list(name) }
    let read = catalogue.experiments(at: preset).compactMap(\.preparedData)
    let families = Set(DataVariant.all.map(\.family)).sorted()
    let isKnown = families.contains(name) || DataVariant.all.contains { $0.name.hasPrefix(name + "-") }
    guard isKnown else {
      throw StageError(
        .usage, "nobody knows how to prepare \(name)", where: "make data-\(name)",
        why: "the families are \(families.joined(separator: ", "))",
        fix: NearestName.suggestion(for: name, among: families).map { "did you mean make data-\($0)?" } ?? "name one of them")
    }
    return Set(read + catalogue.extraData.list(preset.rawValue)).filter { $0.family == name || $0.variant.hasPrefix(name + "-") }
      .sorted { $0.preparedPath < $1.preparedPath }
  }
}
