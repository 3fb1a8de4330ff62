import Foundation
import RunSupport
import TestSupport
import Testing

/// `plan-runs work`: several processes that make the runs of one folder.
@Suite(.serialized, .temporaryFolder) struct WorkRunsTests {
  @Test("two workers, one of which dies with its training: every run is made once, with the bits of one alone") func twoWorkers() throws {
    let bench = try WorkBench(seeds: 4)
    let workers = try [bench.start(), bench.start()]
    let (seed, owner) = try bench.begun { owner in (try? WorkBench.parent(of: owner.process)) == workers[0].identifier }
    workers[0].send(SIGKILL)
    kill(owner.process, SIGKILL)
    let ends = workers.map { $0.finish() }
    #expect(ends[0].status == -SIGKILL && ends[1].status == 0, "\(ends)")
    #expect(ends[1].errors.contains("own, preset smoke: 4 of 4 runs finished"), "\(ends[1].errors)")
    #expect(ends[1].errors.contains("seed \(seed): continuing after epoch"), "\(ends[1].errors)")
    try bench.check()
  }

  @Test("five workers, one killed and one frozen beyond its lease and thawed, with and without locks", arguments: [true, false])
  func fiveWorkers(hasLocks: Bool) throws {
    let bench = try WorkBench(seeds: 6)
    let faults = [
      "LD_PRELOAD": BuiltTool.path("libCallFaults.so"), "FAULT_PROGRAM": "train-model", "FAULT_FOLDER": "\(folder)/results",
      "FAULT_CALL": "lock", "FAULT_NUMBER": "1", "FAULT_ERROR": "\(ENOLCK)", "FAULT_LASTING": "1",
    ]
    let workers = try (0..<5).map { _ in try bench.start(environment: hasLocks ? [:] : faults) }
    func worker(_ process: Int32) throws -> RunningTool {
      let parent = try WorkBench.parent(of: process)
      return try #require(workers.first { $0.identifier == parent })
    }
    let killed = try bench.begun().owner
    let dead = try worker(killed.process)
    dead.send(SIGKILL)
    kill(killed.process, SIGKILL)
    let (seed, frozen) = try bench.begun { $0 != killed && kill($0.process, SIGSTOP) == 0 }
    let stopped = try worker(frozen.process)
    stopped.send(SIGSTOP)
    for worker in workers where worker !== dead && worker !== stopped {
      let end = worker.finish()
      #expect(end.status == 0 && end.errors.contains("6 of 6 runs finished"), "\(end)")
    }
    kill(frozen.process, SIGCONT)
    stopped.send(SIGCONT)
    let thawed = stopped.finish()
    #expect(thawed.status == 0, "\(thawed)")
    #expect(thawed.errors.contains("error: another process has taken over training this run"), "seed \(seed): \(thawed.errors)")
    _ = dead.finish()
    try bench.check()
  }

  @Test(
    "machines with other names and networks, numbers of processes of their own and no locks: what one leaves the other takes up",
    .enabled(if: canSeparate, "network namespaces are not permitted here"))
  func machines() throws {
    let bench = try WorkBench(seeds: 4)
    func machine(_ name: String) -> [String] {
      let line = "hostname \(name) && exec \"$@\""
      return ["/usr/bin/env", "unshare"] + Self.separate + ["bash", "-c", line, "bash"] + bench.words()
    }
    let faults = [
      "LD_PRELOAD": BuiltTool.path("libCallFaults.so"), "FAULT_PROGRAM": "train-model", "FAULT_FOLDER": "\(folder)/results",
      "FAULT_CALL": "lock", "FAULT_NUMBER": "1", "FAULT_ERROR": "\(EOPNOTSUPP)", "FAULT_LASTING": "1",
    ]
    let machines = try ["node1", "node2"].map { try bench.start(machine($0), environment: faults) }
    let (seed, _) = try bench.begun { $0.host == "node1" }
    machines[0].send(SIGKILL)
    let ends = machines.map { $0.finish() }
    #expect(ends[1].status == 0 && ends[1].errors.contains("4 of 4 runs finished"), "\(ends)")
    #expect(ends[1].errors.contains("seed \(seed): continuing after epoch"), "\(ends[1].errors)")
    try bench.check()
  }

  private static let separate = ["--net", "--uts", "--pid", "--fork", "--mount-proc", "--kill-child=KILL"]

  private static let canSeparate: Bool = {
    let child = try? ChildProcess(
      "/usr/bin/env", ["unshare"] + separate + ["hostname", "node1"], output: .discarded, errors: .discarded)
    return child?.status == 0
  }()

  @Test("a signal ends it with 75, or 130, once the training has saved; the same command goes on", arguments: [SIGTERM, SIGUSR1, SIGINT])
  func signals(signal: Int32) throws {
    let bench = try WorkBench(seeds: 1, epochs: 40)
    let worker = try bench.start()
    _ = try bench.begun()
    worker.send(signal)
    let end = worker.finish()
    #expect(end.status == (signal == SIGINT ? 130 : 75) && end.errors.contains("error: work was interrupted"), "\(end)")
    #expect(try Lease.holder(of: bench.run(1)) == nil && end.errors.contains("error: training was interrupted"), "\(end)")
    let again = try bench.finish()
    #expect(again.status == 0 && again.errors.contains("continuing after epoch"), "\(again)")
    let twice = try bench.finish()
    #expect(twice.status == 0 && !twice.errors.contains("continuing") && twice.output == "", "\(twice)")
  }

  @Test("missing data are named with the command that prepares them, and nothing is trained") func missingData() throws {
    let bench = try WorkBench(seeds: 1)
    let words = bench.words(group: "tiny")
    try BuiltTool.refuse(
      "plan-runs", Array(words.dropFirst()), status: 66, "error: data that the runs read are not prepared",
      "make data-listops PRESET=smoke", "\(folder)/data/prepared/lra/listops-generated")
    #expect(try InputFile.names(inFolder: "\(folder)/results") == [])
    let misspelt = bench.words(group: "tinny")
    try BuiltTool.refuse("plan-runs", Array(misspelt.dropFirst()), status: 64, "did you mean make work-tiny?")
  }

  @Test("a training that fails stops no other; the end says why, with its exit code") func failure() throws {
    let bench = try WorkBench(seeds: 2)
    // A checkpoint of another machine's fingerprint could be in its way; a file in place of its folder is.
    try AtomicFile.write("", to: bench.run(1))
    let end = try bench.finish()
    #expect(end.status == 74 && end.errors.contains("own, preset smoke: 1 of 2 runs are finished, 1 is not:"), "\(end)")
    #expect(end.errors.contains("own-waves-1/smoke/seed-1") && end.errors.contains("why: train-model: "), "\(end)")
  }
}
