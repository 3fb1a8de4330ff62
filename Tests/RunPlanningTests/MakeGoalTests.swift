import Catalogue
import RunFixtures
import RunPlanning
import RunSupport
import Testing

@Suite struct MakeGoalTests {
  private static let catalogue = Result { try ExperimentCatalogue.shared() }

  private func goal(_ name: String, _ preset: Preset = .smoke, seeds: [UInt64] = []) throws -> MakeGoal {
    try MakeGoal(name, in: Self.catalogue.get(), preset: preset, seeds: seeds)
  }

  private func paths(_ goal: MakeGoal) -> [String] { goal.members.flatMap(\.paths) }

  @Test("runs by their group, their experiment and their path") func runs() throws {
    #expect(try paths(goal("tiny-listops-tfb", seeds: [2, 5])) == ["tiny-listops-tfb/smoke/seed-2", "tiny-listops-tfb/smoke/seed-5"])
    for suffix in ["", "/", "/summary.json"] {
      #expect(try paths(goal("results/runs/tiny-listops-tfb/reduced/seed-3" + suffix)) == ["tiny-listops-tfb/reduced/seed-3"])
    }
    #expect(try goal("reproduce-waves").members.allSatisfy { $0.experiment.group == "waves" })
    #expect(try paths(goal("quickstart")).count == 5)
    #expect(try goal("quickstart").members.allSatisfy { $0.experiment.preparedData?.raw == nil }, "nothing is downloaded")
  }

  @Test("data of a family, of variants that begin so and of a purpose", arguments: Preset.allCases) func data(preset: Preset) throws {
    let arena = try goal("data-lra", preset).data()
    #expect(arena.allSatisfy { $0.family == "lra" } && arena.contains { $0.variant.hasPrefix("pathfinder") })
    let read = try Self.catalogue.get().experiments(at: preset).compactMap(\.preparedData).filter { $0.family == "lra" }
    #expect(Set(read).isSubset(of: arena))
    let listOps = try goal("data-listops", preset).data()
    #expect(!listOps.isEmpty && listOps.allSatisfy { $0.variant.hasPrefix("listops-") })
    #expect(
      try goal("data-analytic", preset).data().map(\.preparedPath)
        == ["lra/pathfinder-generated-centered-contourLength-14-count-300-distractors-8-resolution-128-seed-1"])
  }

  @Test(
    "what is prepared besides the data of the experiments",
    arguments: [
      (Preset.smoke, "moving-mnist", ["digits"]),
      (.reduced, "moving-mnist", ["digits"]),
      (.paper, "moving-mnist", ["digits"]),
      (
        .smoke, "speech-commands",
        ["tones-8khz-generated-seed-1-test-20-train-100-validation-20", "tones-generated-seed-1-test-20-train-100-validation-20"]
      ),
      (
        .reduced, "speech-commands",
        ["tones-8khz-generated-seed-1-test-500-train-4000-validation-500", "tones-generated-seed-1-test-500-train-4000-validation-500"]
      ),
      (.paper, "speech-commands", ["16khz", "8khz"]),
      (.smoke, "lra", ["pathfinder-generated-contourLength-6-count-200-distractors-2-resolution-32-seed-1"]),
      (.reduced, "lra", ["pathfinder-generated-contourLength-6-count-40000-distractors-2-resolution-32-seed-1", "text"]),
      (
        .paper, "lra",
        [
          "pathfinder-released-resolution-32", "pathfinder-released-resolution-128", "pathfinder-released-resolution-256",
          "retrieval-released", "text",
        ]
      ),
      (.reduced, "cifar10", ["rgb", "rgb-script", "permuted", "noise-padded"]),
      (.paper, "cifar10", ["rgb", "rgb-script", "permuted", "noise-padded"]),
    ])
  func extraData(preset: Preset, family: String, folders: [String]) throws {
    let paths = try goal("data-\(family)", preset).data().map(\.preparedPath)
    #expect(Set(folders.map { "\(family)/\($0)" }).isSubset(of: paths), "\(paths)")
  }

  @Test(
    "other goals are errors that suggest the nearest one",
    arguments: [
      ("data-celebs", "did you mean make data-celeba?"), ("results/nothing/here", "name a run's folder"),
      ("reproduce-delays", "did you mean make reproduce-delay?"), ("tiny-listop-tfb", "did you mean tiny-listops-tfb?"),
      ("data/prepared/cifar10/grey", "data/README.md"),
    ])
  func unknown(name: String, remedy: String) {
    let error = #expect(throws: StageError.self) { _ = try goal(name).data() }
    #expect(error?.remedy.contains(remedy) == true, "\(String(describing: error))")
  }

  @Test("seeds have one spelling", arguments: ["01", "x", "-1", "1 02", "+1"]) func seeds(text: String) {
    let error = #expect(throws: StageError.self) { _ = try RunSelection.seeds(text) }
    #expect(error?.code == .usage && error?.what.hasPrefix("impossible seed") == true)
  }

  @Test("SEED is one seed", arguments: ["", "1 2"]) func oneSeed(text: String) throws {
    let error = #expect(throws: StageError.self) { _ = try RunSelection.seed(text) }
    #expect(error?.what.contains("not one seed") == true)
    #expect(try RunSelection.seed("0") == 0 && RunSelection.seeds("1 20") == [1, 20])
  }
}
