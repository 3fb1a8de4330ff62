import Catalogue
import Foundation
import RunFixtures
import Runs
import TestSupport
import Testing

/// The dependency rules, with tools that only note their calls.
@Suite(.temporaryFolder) struct MakefileTests {
  private let workspace: MakeWorkspace
  init() throws { workspace = try MakeWorkspace() }

  private static let tiny = "tiny-listops-s4d-lin/smoke/seed-1"
  private static let listOps = "dfout-lra-listops-s4d-lin/smoke/seed-1"
  private static let tinyFile = "Sources/Catalogue/Experiments/tiny/tiny-listops-s4d-lin.yaml"

  @Test("quickstart trains on generated data alone; a second one does nothing and says so")
  func quickstart() throws {
    let first = try workspace.make("quickstart")
    #expect(first.result.status == 0, "\(first.result.errors)")
    #expect(first.calls.trained == [Self.listOps] + ["dfout", "hope", "s4d-lin", "tfb"].map { "tiny-listops-\($0)/smoke/seed-1" })
    #expect(!first.calls.contains { $0.contains("download") })
    #expect(first.calls.contains { $0.hasPrefix("make-tables --preset smoke") })
    #expect(first.calls.last?.hasPrefix("make-report --preset smoke ") == true, "behind everything that it shows")
    #expect(first.result.output.contains("quickstart: done"))
    let second = try workspace.make("quickstart")
    #expect(
      second.calls.allSatisfy { call in ["make-tables", "make-figures", "make-report"].contains { call.hasPrefix($0) } }, "\(second.calls)")
    #expect(second.result.output.contains("quickstart: nothing to do"))
  }

  @Test("a comment, another title or a new build retrains nothing, a value only experiments that have it, a deleted summary only its run")
  func whatRetrains() throws {
    _ = try workspace.make("quickstart")
    try workspace.edit(Self.tinyFile, replacing: "title:", by: "# another comment\ntitle: Our")
    #expect(try workspace.make("quickstart").calls.trained == [])
    try workspace.touch("tools/.built")
    #expect(try workspace.make("quickstart").calls.trained == [])
    try workspace.edit(Self.tinyFile, replacing: "stateSize: ", by: "stateSize: 1")
    #expect(try workspace.make("quickstart").calls.trained == [Self.tiny])
    try workspace.edit(Self.tinyFile, replacing: "batchSize: ", by: "batchSize: 1")
    #expect(try workspace.make("quickstart").calls.trained.count == 4, "those that inherit a value too")
    #expect(try workspace.make("quickstart").calls.trained == [])
    try workspace.edit(Self.tinyFile, replacing: "statistic: mean", by: "statistic: median")
    #expect(try workspace.make("quickstart").calls.trained == [], "what only concerns reporting retrains nothing")
    try workspace.remove("results/runs/\(Self.listOps)/summary.json")
    #expect(try workspace.make("quickstart").calls.trained == [Self.listOps])
  }

  @Test("tables and figures never train and never download", arguments: ["tables", "figures"])
  func outputsAlone(target: String) throws {
    let calls = try workspace.calls(target, "PRESET=paper")
    #expect(!calls.isEmpty && calls.allSatisfy { $0.hasPrefix("make-\(target)") })
  }

  @Test("reproduce-lra takes tasks, seeds and a mirror, and stops at an unknown task")
  func reproduce() throws {
    let calls = try workspace.calls("reproduce-lra", "PRESET=smoke", "TASKS=image", "SEEDS=4 7", "MIRROR=/archives")
    for id in ["dfout-lra-image", "dfout-lra-image-s4d-lin", "hope-lra-image", "tfb-lra-image"] {
      for seed in [4, 7] { #expect(calls.trained.contains("\(id)/smoke/seed-\(seed)"), "\(calls.trained)") }
    }
    #expect(calls.trained.allSatisfy { $0.contains("-lra-image") && ($0.hasSuffix("seed-4") || $0.hasSuffix("seed-7")) })
    #expect(calls.contains("prepare-cifar10 download --raw data/raw/cifar10 --mirror /archives"))
    #expect(calls.contains("prepare-cifar10 preprocess --recipe cifar10/gray --raw data/raw/cifar10 --output data/prepared/cifar10/gray"))
    let unknown = "unknown task 'imagination' in TASKS: use image listops pathfinder pathx pathx256 retrieval text"
    try workspace.refuse("reproduce-lra", "PRESET=smoke", "TASKS=image imagination", because: unknown)
  }

  @Test("run trains one run, and names the nearest experiment if there is none of that name")
  func run() throws {
    let calls = try workspace.calls("run", "EXPERIMENT=tiny-listops-s4d-lin", "SEED=3", "PRESET=reduced", "THREADS=5")
    #expect(
      calls.last
        == "train-model --configuration results/resolved/tiny-listops-s4d-lin/reduced.json --seed 3 "
        + "--output results/runs/tiny-listops-s4d-lin/reduced/seed-3 --data data/prepared --threads 5")
    try workspace.refuse("run", "EXPERIMENT=tiny-listop-s4d-lin", because: "did you mean tiny-listops-s4d-lin?")
    try workspace.refuse("run", "EXPERIMENT=reproduce-tiny", because: "unknown experiment reproduce-tiny")
    try workspace.refuse("run", because: "no experiment is named")
    let unknownPreset = "unknown PRESET 'papers': use smoke, reduced or paper"
    try workspace.refuse("run", "EXPERIMENT=tiny-listops-s4d-lin", "PRESET=papers", because: unknownPreset)
  }

  @Test("perturb measures a finished run, trains a missing one first, and does nothing twice")
  func perturb() throws {
    let arguments = ["EXPERIMENT=tiny-listops-s4d-lin", "SEED=3", "PRESET=smoke", "THREADS=5"]
    let first = try workspace.make("perturb", arguments[0], arguments[1], arguments[2], arguments[3])
    #expect(first.result.status == 0, "\(first.result.errors)")
    let folder = "results/runs/tiny-listops-s4d-lin/smoke/seed-3"
    #expect(first.calls.trained == ["tiny-listops-s4d-lin/smoke/seed-3"])
    #expect(
      first.calls.last
        == "evaluate-model perturb --run \(folder) --output \(folder)/perturbation.csv --data data/prepared --threads 5")
    #expect(try workspace.make("perturb", arguments[0], arguments[1], arguments[2]).calls.isEmpty)
    try workspace.remove("\(folder)/perturbation.csv")
    let again = try workspace.make("perturb", arguments[0], arguments[1], arguments[2])
    #expect(again.calls.count == 1 && again.calls.trained.isEmpty)
    let unnamed = try workspace.make("perturb")
    #expect(unnamed.result.status != 0 && unnamed.calls.isEmpty)
    #expect(unnamed.result.errors.contains("no experiment is named"), "\(unnamed.result.errors)")
  }

  @Test("an interrupted run is taken up again by the same command")
  func interrupted() throws {
    let arguments = ["run", "EXPERIMENT=tiny-listops-s4d-lin", "PRESET=smoke"]
    _ = try workspace.make("data-lra", "PRESET=smoke")
    try workspace.touch("fail")
    #expect(try workspace.make(arguments).result.status != 0)
    try workspace.remove("fail")
    let again = try workspace.make(arguments)
    #expect(again.result.status == 0 && again.calls.count == 1)
    #expect(again.calls.trained == [Self.tiny], "the data that were ready are not made again")
  }

  @Test("official data replace a subset after a download without the mirror; raw files that are merely gone are not fetched again")
  func officialData() throws {
    _ = try workspace.make("data-cifar10", "MIRROR=/archives")
    let arguments = ["run", "EXPERIMENT=dfout-lra-image-s4d-lin", "PRESET=paper"]
    try workspace.remove("data/raw/cifar10/receipt.json")
    #expect(try workspace.make(arguments).calls.count == 1, "training alone")
    #expect(try workspace.make("download-cifar10").calls == ["prepare-cifar10 download --raw data/raw/cifar10"])
    let tools = try workspace.make(arguments).calls.map { $0.split(separator: " ").prefix(2) }
    #expect(tools == [["prepare-cifar10", "preprocess"], ["train-model", "--configuration"]], "newer raw files are prepared again")
  }

  @Test("a finished run of other code says so, and AGAIN=1 makes it again") func again() throws {
    let arguments = ["run", "EXPERIMENT=tiny-listops-s4d-lin", "PRESET=smoke"]
    #expect(try workspace.make(arguments).calls.trained == [Self.tiny])
    let silent = try workspace.make(arguments)
    #expect(silent.calls == [] && silent.result.output == "", "\(silent)")
    let experiment = try ExperimentCatalogue.shared().resolve(id: "tiny-listops-s4d-lin", preset: .smoke)
    try RunSummary.fixture(experiment, seed: 1, revision: "0123456789abcdef").write(results: "\(workspace.folder)/results")
    _ = try ProcessResult.run("/usr/bin/env", ["bash", "-c", Self.commit], in: workspace.folder)
    let told = try workspace.make(arguments)
    #expect(told.calls == [])
    #expect(told.result.errors.contains("made by other code: revision 012345678, the code here is "), "\(told.result.errors)")
    #expect(told.result.errors.contains("make run EXPERIMENT=tiny-listops-s4d-lin SEED=1 PRESET=smoke AGAIN=1 moves it aside"))
    let again = try workspace.make(arguments + ["AGAIN=1"])
    #expect(again.calls.trained == [Self.tiny] && again.calls.last?.hasSuffix(" --again") == true, "\(again)")
  }

  private static let commit = """
    git init -q . && git add Package.swift && \
      git -c user.name=a -c user.email=a@b commit -q --message 'code' Package.swift
    """

  @Test("seeds have one spelling", arguments: ["SEED=01", "SEED=x", "SEED=-1", "SEED=1 2", "SEED=", "SEEDS=1 02"])
  func seeds(argument: String) throws {
    let reason = argument == "SEED=1 2" || argument == "SEED=" ? "not one seed" : "impossible seed"
    try workspace.refuse("run", "EXPERIMENT=tiny-listops-s4d-lin", argument, because: reason)
  }

  @Test("FORCE_RESUME is passed on only if it is given", arguments: [true, false])
  func forcedResume(isForced: Bool) throws {
    let (_, calls) = try workspace.make("run", "EXPERIMENT=tiny-listops-s4d-lin", "PRESET=smoke", "FORCE_RESUME=\(isForced ? "1" : "")")
    #expect(calls.last?.hasPrefix("train-model ") == true)
    #expect(calls.last?.hasSuffix(" --force-resume") == isForced)
  }

  @Test(
    "a device, its precision and its share of memory reach what trains and what measures",
    arguments: [
      (["DEVICE=cuda"], " --device cuda --precision tf32"),
      (["DEVICE=cuda", "PRECISION=fp32", "DEVICE_MEMORY=0.45"], " --device cuda --precision fp32 --device-memory 0.45"),
      (["PRECISION=fp32", "DEVICE_MEMORY=0.45"], " --threads 5"),
    ])
  func device(variables: [String], options: String) throws {
    let calls = try workspace.make(["perturb", "EXPERIMENT=tiny-listops-s4d-lin", "PRESET=smoke", "THREADS=5"] + variables).calls
    #expect(calls.suffix(2).map { $0.split(separator: " ").first } == ["train-model", "evaluate-model"])
    #expect(calls.suffix(2).allSatisfy { $0.hasSuffix(options) }, "\(calls)")
  }

  @Test("a deleted source is noticed")
  func deletedSource() throws {
    let source = "Sources/Catalogue/Extra.swift"
    try workspace.touch(source)
    try workspace.touch("tools/.built")
    #expect(try !workspace.make("-n", "build").result.output.contains("swift build"))
    try workspace.remove(source)
    #expect(try workspace.make("-n", "build").result.output.contains("swift build"))
  }

  @Test("an edited experiment needs no build, only its copy beside the executables follows; Swift of the catalogue is built again")
  func editedCatalogue() throws {
    let code = "Sources/Catalogue/Preset.swift"
    try workspace.touch(code, "tools/.built")
    #expect(try workspace.make("build").result.status == 0)
    try workspace.append("# another line\n", to: Self.tinyFile)
    let (result, _) = try workspace.make("build")
    #expect(result.status == 0 && !result.output.contains("swift build"), "\(result.output)")
    let copy = Self.tinyFile.replacingOccurrences(of: "Sources/Catalogue", with: "tools/ssm-repro_Catalogue.bundle")
    #expect(
      FileManager.default.contentsEqual(atPath: "\(workspace.folder)/\(copy)", andPath: "\(workspace.folder)/\(Self.tinyFile)"))
    try workspace.append("// another line\n", to: code)
    #expect(try workspace.make("-n", "build").result.output.contains("swift build"))
  }

  @Test("with -j the threads of a run are the cores divided by the jobs")
  func threads() throws {
    let (_, calls) = try workspace.make("run", "EXPERIMENT=tiny-listops-s4d-lin", "PRESET=smoke", "CORES=12", "-j4")
    #expect(calls.last?.hasSuffix("--threads 3") == true, "\(calls)")
  }

  @Test("reproduce-analytic computes again when sources, cards or a table change, not after a new build")
  func analytic() throws {
    let computes = "analyze-systems results --catalogue Sources/Catalogue/Experiments --output results/analytic --data data/prepared"
    let draws = "make-figures analytic --input results/analytic --output paper-figures"
    try workspace.touch("Sources/StateSpace/Poles.swift", "tools/.built")
    let first = try workspace.make("reproduce-analytic")
    #expect(first.result.status == 0, "\(first.result.errors)")
    #expect(first.calls.count == 3 && first.calls[0].contains("contourLength=14 count=300 distractors=8 resolution=128"))
    #expect(Array(first.calls.dropFirst()) == [computes, draws])
    try workspace.touch("Sources/StateSpace/Poles.swift", "tools/.built")
    #expect(try workspace.make("reproduce-analytic").calls == [draws], "a new build and a new time alone change nothing")
    try workspace.append("// another line\n", to: "Sources/StateSpace/Poles.swift")
    try workspace.touch("tools/.built")
    #expect(try workspace.make("reproduce-analytic").calls == [computes, draws])
    try workspace.touch("data/prepared/lra/listops-released/card.json")
    #expect(try workspace.make("reproduce-analytic").calls == [computes, draws], "more data")
    try workspace.remove("results/analytic/a.csv")
    #expect(try workspace.make("reproduce-analytic").calls == [computes, draws], "a lost table")
    #expect(try workspace.make("reproduce-analytic").calls == [draws])
  }

  @Test("the page has every preset that has runs, or the one that is said, and reads the runs that are said")
  func report() throws {
    #expect(try workspace.calls("report").map { $0.contains("--preset") } == [false])
    let said = try workspace.calls("report", "PRESET=paper", "RUNS=shipped")
    #expect(
      said.count == 1 && said[0].contains("--preset paper ") && said[0].contains("--runs shipped --") && !said[0].contains("own"), "\(said)"
    )
  }

  @Test("help names the targets and the variables with their values")
  func help() throws {
    let text = try workspace.make("help", "PRESET=smoke").result.output
    for target in [
      "setup", "quickstart", "test", "run", "reproduce-lra", "reproduce-analytic", "tables", "figures", "report", "status", "data-cifar10",
      "burn",
    ] {
      #expect(text.contains("\n  \(target) "), "\(target)")
    }
    #expect(text.contains("PRESET        smoke"))
  }
}
