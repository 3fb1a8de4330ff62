import Catalogue
import Foundation
import RunFixtures
import RunPlanning
import RunSupport
import Runs
import TestSupport
import Testing

/// What is submitted, as text: no scheduler is needed.
@Suite(.temporaryFolder) struct SubmissionTests {
  private func submission(
    _ goal: String, _ preset: Preset = .smoke, device: [String] = [], jobsAtOnce: Int? = nil, options: String = "", mirror: String? = nil,
    jobs: SubmittedJobs? = nil
  ) throws -> (choice: SubmissionChoice, submission: Submission) {
    let catalogue = try ExperimentCatalogue.shared()
    let machine = try #require(Machine.all(inFile: RunCostTests.stepTimes).first)
    let jobs = try jobs ?? SubmittedJobs(results: folder, queue: [])
    let choice = SubmissionChoice(
      try MakeGoal(goal, in: catalogue, preset: preset).members, results: folder, jobs: jobs, on: machine, hasGPU: !device.isEmpty)
    let settings = SubmissionSettings(
      workingFolder: "/the checkout", results: folder, data: "\(folder)/data", catalogue: "experiments", tools: "/tools", training: device,
      threads: 2, jobsAtOnce: jobsAtOnce, siteOptions: options, mirror: mirror)
    return (choice, try Submission(choice.runs, title: "t", claims: catalogue.claims, settings: settings, jobs: jobs))
  }

  private func script(_ file: String, _ submission: Submission) throws -> String {
    try #require(submission.scripts(folder: "\(folder)/jobs/t-1", mark: "m").first { $0.file == file }).text
  }

  @Test("an array holds the runs of a size; each has its limits, its warning and its call of train-model") func arrays() throws {
    let (_, submission) = try submission("reproduce-waves", .paper, jobsAtOnce: 3, options: "--account=me")
    let runs = submission.arrays.flatMap(\.runs)
    #expect(runs.count == submission.commands.count && runs.count > 4)
    #expect(Set(submission.arrays.map(\.file)).count == submission.arrays.count)
    let array = submission.arrays[0]
    let text = try script("\(array.file).sh", submission)
    for line in [
      "#SBATCH --job-name=ssm-t-1-\(array.file)-m", "#SBATCH --time=\(array.size.hours):00:00", "#SBATCH --mem=\(array.size.memoryGB)G",
      "#SBATCH --cpus-per-task=2", "#SBATCH --requeue", "#SBATCH --array=1-\(array.runs.count)%3", "#SBATCH --signal=B:USR1@120",
      "#SBATCH --output=\"\(folder)/jobs/t-1/log/\(array.file)-%a.txt\"", "cd '/the checkout' || exit 66",
    ] { #expect(text.contains("\(line)\n"), "\(line): \(text)") }
    #expect(text.contains("#SBATCH --account=me\ncd "), "what the user says comes last and overrides: \(text)")
    #expect(!text.contains("gpu"))
    let run = try #require(array.runs.first)
    #expect(
      submission.commands.contains {
        $0.hasPrefix(
          "/tools/train-model --configuration \(folder)/resolved/\(run.experiment.id)/paper.json --seed \(run.seed) "
            + "--output \(folder)/runs/\(run.path) --data \(folder)/data/prepared --threads 2")
      })
    #expect(submission.prepares == [], "waves are made on the fly")
  }

  @Test("on a GPU a run asks for one; data and tables do not") func device() throws {
    let (_, submission) = try submission("reproduce-tiny", device: ["--device", "cuda"], options: "--gres=gpu:h100:1 --partition=gpu")
    let array = try #require(submission.arrays.first)
    #expect(array.size.name == "1h-gpu")
    let text = try script("\(array.file).sh", submission)
    #expect(text.contains("#SBATCH --gres=gpu:1\n") && text.contains("#SBATCH --gres=gpu:h100:1 --partition=gpu\n"))
    #expect(submission.commands.allSatisfy { $0.contains(" --device cuda") })
    for file in ["data.sh", "finish.sh"] {
      let text = try script(file, submission)
      #expect(!text.contains("--gres") && text.contains("#SBATCH --partition=gpu\n"), "\(text)")
    }
  }

  @Test("missing data are prepared first, each once, from a mirror if there is one; what is there is left out") func data() throws {
    let (_, first) = try submission("dfout-lra-image-s4d-lin", mirror: "/a mirror")
    let text = try script("data.sh", first)
    let prepared = "\(folder)/data/prepared/cifar10/gray"
    #expect(first.prepares == ["cifar10/gray"])
    for line in [
      "run /tools/prepare-cifar10 download --raw \(folder)/data/raw/cifar10 --mirror '/a mirror'",
      "run /tools/plan-runs resolve-data --folder cifar10/gray --output \(folder)/resolved/data/cifar10/gray.json",
      "run /tools/prepare-cifar10 preprocess --recipe \(folder)/resolved/data/cifar10/gray.json --raw \(folder)/data/raw/cifar10 --output \(prepared)",
    ] { #expect(text.contains("\(line)\n"), "\(text)") }
    try AtomicFile.write("{}", to: "\(folder)/data/raw/cifar10/receipt.json")
    #expect(!(try script("data.sh", try submission("dfout-lra-image-s4d-lin").submission).contains(" download ")))
    try AtomicFile.write("{}", to: "\(prepared)/card.json")
    let (_, second) = try submission("dfout-lra-image-s4d-lin")
    #expect(second.prepares == [] && !second.scripts(folder: "f", mark: "m").contains { $0.file == "data.sh" })
  }

  @Test("finished runs, and those that a process trains now, are left out") func leftOut() throws {
    let tiny = try ExperimentCatalogue.shared().resolve(id: "tiny-listops-tfb", preset: .smoke)
    let all = try submission("reproduce-tiny").choice.runs.count
    try RunSummary.fixture(tiny, seed: 1).write(results: folder, configuration: tiny.configuration)
    let lock = try RunDirectory(path: "\(folder)/runs/tiny-listops-hope/smoke/seed-1").lease()
    let (choice, submission) = try submission("reproduce-tiny")
    withExtendedLifetime(lock) {}
    #expect(choice.finishedCount == 1 && choice.underWayCount == 1 && choice.runs.count == all - 2)
    #expect(!submission.commands.contains { $0.contains("tiny-listops-tfb") || $0.contains("tiny-listops-hope/") })
  }

  @Test("the last job makes the tables of its presets; for the delay task the limits too") func finish() throws {
    let tiny = try script("finish.sh", try submission("reproduce-tiny").submission)
    #expect(tiny.contains("run /tools/make-tables --preset smoke --results \(folder) --catalogue experiments --output \(folder)/tables\n"))
    #expect(tiny.contains("run /tools/make-figures runs --preset smoke ") && tiny.contains("run /tools/make-report "))
    #expect(!tiny.contains("analyze-systems"))
    let delay = try script("finish.sh", try submission("reproduce-delay").submission)
    #expect(delay.contains("run /tools/analyze-systems limits --preset smoke --output \(folder)/analytic/delay-limits-smoke.csv"))
  }

  @Test("options are one line") func options() throws {
    let error = stageError { _ = try submission("reproduce-tiny", options: "--account=a\n#SBATCH --array=1-9") }
    #expect(error?.code == .usage && error?.what.contains("more than one line") == true)
  }
}
