import Catalogue
import Datasets
import RunFixtures
import RunPlanning
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct MakeRulesTests {
  private static let catalogue = Result { try ExperimentCatalogue.shared() }

  private func lines(_ goal: String, _ preset: Preset = .smoke, results: String = "/nowhere") throws -> [String] {
    let goal = try MakeGoal(goal, in: Self.catalogue.get(), preset: preset)
    return try MakeRules(goal.members, data: try goal.data(), results: results).text.split(separator: "\n").map(String.init)
  }

  @Test("every experiment and preset has a rule for its configuration and one for its runs", arguments: Preset.allCases)
  func rules(preset: Preset) throws {
    let catalogue = try Self.catalogue.get()
    let lines = try lines("reproduce-all", preset, results: "r") + lines("reproduce-tiny", preset, results: "r")
    for experiment in catalogue.experiments(at: preset) {
      let name = "\(experiment.id)/\(preset.rawValue)"
      let resolving = lines.filter {
        $0.hasSuffix(": resolved-configurations-\(preset.rawValue) ;") && ($0 + " ").contains("r/resolved/\(name).json")
      }
      #expect(resolving.count == 1, "one call resolves all of a goal")
      let rule = lines.filter { $0.contains(": r/runs/\(name)/seed-%/summary.json: r/resolved/\(name).json ") }
      #expect(rule.count == 1)
      #expect(rule.first?.hasSuffix(" | $(BUILT)") == true, "executables come after the bar: a new build retrains nothing")
      #expect(rule.first?.contains("/card.json ") == (experiment.preparedData != nil))
      for seed in experiment.seeds { #expect(rule.first?.contains("r/runs/\(name)/seed-\(seed)/summary.json") == true) }
    }
  }

  @Test("runs are told the rules of the claims that they help to decide") func claims() throws {
    let catalogue = try Self.catalogue.get()
    let claim = try #require(catalogue.claims.first { $0.id == "B6" })
    let goal = try MakeGoal("claim-B6", in: catalogue, preset: .smoke)
    #expect(goal.members.map(\.experiment.id).sorted() == ["hope-noisy-scifar", "hope-noisy-scifar-s4d"])
    #expect(goal.members.allSatisfy { $0.experiment.preset == .reduced && $0.seeds == [1, 2, 3] })
    let rules = try MakeRules(goal.members, claims: catalogue.claims, results: "r").text
    #expect(rules.components(separatedBy: "\t$(train) --claim B6=\(claim.rule?.sha256 ?? "")\n").count == 3)
    #expect(throws: StageError.self) { try MakeGoal("claim-B66", in: catalogue, preset: .smoke) }
  }

  @Test("a configuration that is as it should be has no rule, so that nothing is trained because of it") func current() throws {
    let experiment = try Self.catalogue.get().resolve(id: "tiny-listops-tfb", preset: .smoke)
    let path = "\(folder)/resolved/tiny-listops-tfb/smoke.json"
    func rules() throws -> Int {
      try lines("tiny-listops-tfb", results: folder).count { $0.hasPrefix("\(path): resolved-configurations-smoke ;") }
    }
    #expect(try rules() == 1)
    try AtomicFile.write(try JSONText.encode(experiment.configuration), to: path)
    #expect(try rules() == 0)
    try AtomicFile.write("{}", to: path)
    #expect(try rules() == 1)
  }

  @Test("each prepared data set has one rule, though several runs need it", arguments: Preset.allCases)
  func preparedData(preset: Preset) throws {
    let cards = try lines("reproduce-all", preset).filter { $0.hasPrefix("data/prepared/") }.map { $0.split(separator: ":")[0] }
    #expect(Set(cards).count == cards.count)
    #expect(cards.contains("data/prepared/cifar10/gray/card.json"))
  }

  @Test("tools read a description, and raw files where the data are made of some") func recipes() throws {
    let lines = try lines("reproduce-all", .paper) + lines("data-lra") + lines("data-bidmc")
    func recipe(_ path: String) throws -> [String] {
      let rule = try #require(lines.firstIndex { $0.hasPrefix("data/prepared/\(path)/card.json:") }, "\(path)")
      return Array(lines[rule...rule + 2])
    }
    #expect(
      try recipe("cifar10/gray") == [
        "data/prepared/cifar10/gray/card.json: data/raw/cifar10/receipt.json | $(BUILT)",
        "\t@$(BIN)/plan-runs resolve-data --folder cifar10/gray --output /nowhere/resolved/data/cifar10/gray.json",
        "\t$(BIN)/prepare-cifar10 preprocess --recipe /nowhere/resolved/data/cifar10/gray.json --raw data/raw/cifar10 --output data/prepared/cifar10/gray",
      ])
    let generated = "lra/pathfinder-generated-contourLength-6-count-200-distractors-2-resolution-32-seed-1"
    #expect(try recipe(generated)[0].hasSuffix("/card.json: | $(BUILT)"))
    #expect(
      try recipe(generated)[2]
        == "\t$(BIN)/prepare-lra preprocess --recipe /nowhere/resolved/data/\(generated).json --output data/prepared/\(generated)")
    for (raw, download) in [
      ("imdb", "prepare-lra download --task text"), ("lra", "prepare-lra download"),
      ("cifar10", "prepare-cifar10 download"), ("speech-commands", "prepare-speech-commands download"), ("bidmc", "prepare-bidmc download"),
      ("celeba", "prepare-celeba download"),
    ] {
      let receipt = try #require(lines.firstIndex { $0.hasPrefix("data/raw/\(raw)/receipt.json:") }, "\(raw)")
      #expect(lines[receipt + 1] == "\t$(BIN)/\(download) --raw data/raw/\(raw) $(mirror)")
    }
  }

  @Test(
    "data that no experiment names can be made too, by the name of its folder", arguments: DataVariant.all.map { "\($0.family)/\($0.name)" }
  )
  func byName(variant: String) throws {
    let parts = variant.split(separator: "/").map(String.init)
    let declared = try #require(DataVariant.named(parts[1], of: parts[0]))
    let numbers = Dictionary(uniqueKeysWithValues: declared.parameterNames.enumerated().map { ($1, $0 + 3) })
    let data = DataDescription(family: parts[0], variant: parts[1], parameters: numbers)
    for goal in ["data/prepared/\(data.preparedPath)", "data/prepared/\(data.preparedPath)/card.json"] {
      let lines = try lines(goal)
      #expect(lines.contains("runs-and-data: data/prepared/\(data.preparedPath)/card.json"))
      let rule = try #require(lines.firstIndex { $0.hasPrefix("data/prepared/\(data.preparedPath)/card.json:") })
      #expect(lines[rule].contains("/receipt.json | ") == (declared.raw != nil))
      #expect(lines[rule + 2].hasPrefix("\t$(BIN)/prepare-\(parts[0]) preprocess --recipe "))
    }
  }
}
