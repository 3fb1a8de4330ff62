import Foundation
import RunSupport
import TestSupport
import Testing

/// `make submit-…`, with a scheduler that only notes what it is told.
@Suite(.temporaryFolder) struct SubmitRunsTests {
  private let workspace: MakeWorkspace
  init() throws {
    workspace = try MakeWorkspace()
    for path in ["bin", "docs"] { try AtomicFile.makeDirectory("\(workspace.folder)/\(path)") }
    for table in ["docs/step-times.csv", "docs/accelerator-budget.csv"] {
      try FileManager.default.copyItem(atPath: "\(Fixtures.repository)/\(table)", toPath: "\(workspace.folder)/\(table)")
    }
    // Numbers from 11 on; every element waits, unless a test says otherwise.
    try program(
      "sbatch",
      """
      echo "$*" >> sbatch.log
      number=$((10 + $(wc -l < sbatch.log)))
      for script; do :; done
      name=$(sed -n 's/#SBATCH --job-name=//p' "$script")
      elements=$(sed -n 's/#SBATCH --array=1-\\([0-9]*\\).*/\\1/p' "$script")
      if [ -z "$elements" ]; then echo "$number|$number|N/A|PENDING|Dependency||$name" >> queue; fi
      for ((k = 1; k <= ${elements:-0}; k++)); do echo "${number}_$k|$number|$k|PENDING|Priority||$name" >> queue; done
      echo "$number"
      """)
    try program("squeue", "cat queue 2>/dev/null || true")
    try program("scancel", "echo \"$*\" >> scancel.log")
  }

  private func program(_ name: String, _ lines: String) throws {
    try AtomicFile.write("#!/bin/bash\n\(lines)\n", to: "\(workspace.folder)/bin/\(name)")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(workspace.folder)/bin/\(name)")
  }

  private func make(_ arguments: String...) throws -> ProcessResult {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try ProcessResult.run(
      "/usr/bin/env", ["PATH=\(workspace.folder)/bin:\(path)", "make", "BIN=tools", "PRESET=smoke"] + arguments, in: workspace.folder)
  }

  private func text(_ path: String) -> String { (try? String(contentsOfFile: "\(workspace.folder)/\(path)", encoding: .utf8)) ?? "" }

  private var submitted: [String] { text("sbatch.log").split(separator: "\n").map(String.init) }

  @Test("data come first, then an array, then tables; a second call submits nothing, one after a cancellation what is missing")
  func twice() throws {
    let first = try make("submit-tiny", "JOBS=2", "SLURM_OPTIONS=--account=me")
    #expect(first.status == 0, "\(first)")
    let jobs = "results/jobs/tiny-smoke-1"
    try #require(
      submitted == [
        "--parsable \(jobs)/data.sh", "--parsable --dependency=afterok:11 --kill-on-invalid-dep=yes \(jobs)/1h-2gb.sh",
        "--parsable --dependency=afterany:12 --kill-on-invalid-dep=yes \(jobs)/finish.sh",
      ])
    let runs = text("\(jobs)/1h-2gb.runs").split(separator: "\n").map(String.init)
    #expect(runs.count >= 4 && text("\(jobs)/1h-2gb.sh").contains("#SBATCH --array=1-\(runs.count)%2\n"))
    #expect(text("\(jobs)/1h-2gb.sh").contains("#SBATCH --account=me\n"))
    for run in runs {
      let name = run.split(separator: "/")[0]
      #expect(text("\(jobs)/1h-2gb.commands").contains("/train-model --configuration results/resolved/\(name)/smoke.json "))
      #expect(text("results/resolved/\(name)/smoke.json").contains("\"\(name)\""), "resolved now")
    }

    let second = try make("submit-tiny")
    #expect(
      second.status == 0 && second.output.contains("\(runs.count) queued or running, 0 to submit") && submitted.count == 3, "\(second)")
    let status = try make("status")
    #expect(status.output.contains("queued: job 12_1, Priority") && status.output.contains("QUEUED"), "\(status)")

    let misspelt = try make("submit-tinny")
    #expect(misspelt.errors.contains("did you mean make submit-tiny?") && submitted.count == 3, "\(misspelt)")

    // The first element is cancelled; the others go on, and so do the data.
    let queue = text("queue").split(separator: "\n").filter { !$0.hasPrefix("12_1|") }
    try AtomicFile.write(queue.joined(separator: "\n") + "\n", to: "\(workspace.folder)/queue")
    let cancelled = try make("status")
    #expect(cancelled.output.contains("failed: cancelled before it began") && cancelled.output.contains("make submit-"), "\(cancelled)")
    let third = try make("submit-tiny")
    #expect(third.status == 0 && text("results/jobs/tiny-smoke-2/1h-2gb.runs") == "\(runs[0])\n", "\(third)")
    try #require(submitted.count == 5)
    #expect(submitted[3] == "--parsable --dependency=afterok:11 --kill-on-invalid-dep=yes results/jobs/tiny-smoke-2/1h-2gb.sh")
    #expect(
      submitted[4] == "--parsable --dependency=afterany:14:12 --kill-on-invalid-dep=yes results/jobs/tiny-smoke-2/finish.sh",
      "behind the arrays of both")
    #expect(text("scancel.log") == "--state=PENDING 13\n", "tables are made once")

    // Another one: the next last job waits for the arrays of all three.
    try AtomicFile.write(
      text("queue").split(separator: "\n").filter { !$0.hasPrefix("12_2|") && !$0.hasPrefix("13|") }.joined(separator: "\n") + "\n",
      to: "\(workspace.folder)/queue")
    let fourth = try make("submit-tiny")
    #expect(fourth.status == 0 && text("results/jobs/tiny-smoke-3/1h-2gb.runs") == "\(runs[1])\n", "\(fourth)")
    #expect(submitted.last == "--parsable --dependency=afterany:16:14:12 --kill-on-invalid-dep=yes results/jobs/tiny-smoke-3/finish.sh")
  }

  @Test("DRY=1 shows the jobs and writes nothing; --list is for other schedulers; both need no Slurm") func planned() throws {
    let before = try workspace.snapshot()
    try workspace.remove("bin/sbatch")
    try workspace.remove("bin/squeue")
    let dry = try make("submit-tiny", "DRY=1", "DEVICE=cuda")
    #expect(dry.status == 0 && dry.output.contains("--- 1h-gpu.sh\n#!/bin/bash\n") && dry.output.contains("--- finish.sh\n"), "\(dry)")
    #expect(dry.output.contains("#SBATCH --gres=gpu:1") && dry.output.contains("#SBATCH --cpus-per-task=4"))
    #expect(dry.output.contains("Hours are for NVIDIA H100") && dry.output.contains("times 3.0, for they are computed"), "\(dry)")
    let processor = try make("submit-tiny", "DRY=1", "DEVICE=cpu")
    #expect(!processor.output.contains("gpu") && !processor.output.contains("H100"), "the plugin for processors needs none: \(processor)")
    #expect(try workspace.snapshot().keys.sorted() == before.keys.filter { !["bin/sbatch", "bin/squeue"].contains($0) }.sorted())
    let campaign = try make("submit-campaign", "DRY=1", "TASKS=delay")
    #expect(campaign.status == 0 && campaign.output.contains("campaign: "), "\(campaign)")
    let list = try ProcessResult.run(
      "\(workspace.folder)/tools/plan-runs",
      ["submit", "--group", "tiny", "--preset", "smoke", "--list", "--catalogue", "Sources/Catalogue/Experiments"], in: workspace.folder)
    let lines = list.output.split(separator: "\n")
    #expect(list.status == 0 && lines.count >= 4 && lines.allSatisfy { $0.contains("/train-model --configuration ") }, "\(list)")
    #expect(list.errors.contains("first prepare data/prepared/lra/listops-generated"), "\(list.errors)")
  }

  @Test("a scheduler that is missing, silent, unwilling or unreadable ends it with four parts") func refusals() throws {
    func refuse(_ code: Int32, _ words: String...) throws {
      let result = try ProcessResult.run(
        "/usr/bin/env",
        [
          "PATH=\(workspace.folder)/bin:/usr/bin:/bin", "bash", "scripts/batch.sh", "make", "BIN=tools", "PRESET=smoke", "submit-tiny",
        ], in: workspace.folder)
      #expect(result.status == code, "\(result)")
      for part in words + ["  where: ", "  why:   ", "  fix:   "] { #expect(result.errors.contains(part), "\(part): \(result.errors)") }
    }
    try program("sbatch", "echo 'sbatch: error: invalid account' >&2; exit 1")
    try refuse(78, "error: the scheduler refuses a job", "invalid account", "SLURM_OPTIONS")
    try program("sbatch", "echo 'welcome to this cluster'")
    try refuse(65, "error: the scheduler does not say the number of a job", "welcome to this cluster")
    try program("squeue", "echo 'hello'")
    try refuse(65, "error: an answer of the queue cannot be read", "hello")
    try program("squeue", "echo 'slurm_load_jobs error: unable to contact' >&2; exit 1")
    try refuse(75, "error: the queue does not answer", "unable to contact")
    let status = try make("status")
    #expect(status.status == 0 && status.errors.contains("warning: the queue does not answer"), "\(status)")
  }
}
