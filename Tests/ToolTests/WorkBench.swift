import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

/// A shared folder with some small runs to make, for tests of `plan-runs work`.
struct WorkBench {
  let seeds: Int
  /// Seconds between renewals of a lease, which is over after four times as long.
  static let renewal = 0.3

  init(seeds: Int, epochs: Int = 20) throws {
    self.seeds = seeds
    let catalogue = "\(folder)/catalogue"
    try ExperimentCatalogue.copySmall(to: catalogue)
    let waves = try String(contentsOfFile: "\(ExperimentCatalogue.bundledDirectory)/tfb/tfb-waves.yaml", encoding: .utf8)
    let text = waves.replacing("id: tfb-waves-<number>", with: "id: own-waves-<number>").replacing("group: waves", with: "group: own")
      .replacing(/number:\n( +1:.*\n)[^\n]*\n[^\n]*\n[^\n]*\n/) { "number:\n\($0.1)" }
      .replacing("seeds: [1]", with: "seeds: [\((1...seeds).map(String.init).joined(separator: ", "))]")
      .replacing("sequenceLength: 4096", with: "sequenceLength: 1024")
      .replacing("epochs: 1, schedule: {total: 1}", with: "epochs: \(epochs), schedule: {total: \(epochs)}")
    try AtomicFile.write(text, to: "\(catalogue)/own/own-waves.yaml")
  }

  func run(_ seed: Int, of results: String = "results") -> String { "\(folder)/\(results)/runs/own-waves-1/smoke/seed-\(seed)" }

  func words(_ results: String = "results", group: String = "own") -> [String] {
    [
      BuiltTool.path("plan-runs"), "work", "--group", group, "--preset", "smoke", "--catalogue", "\(folder)/catalogue", "--results",
      "\(folder)/\(results)", "--data", "\(folder)/data", "--threads", "1",
    ]
  }

  static let environment = [LeaseTimes.variable: "\(renewal)"]

  func start(_ words: [String]? = nil, environment: [String: String] = [:]) throws -> RunningTool {
    try RunningTool(words ?? self.words(), environment: Self.environment.merging(environment) { $1 })
  }

  func finish(_ results: String = "results") throws -> ProcessResult {
    let words = words(results)
    return try ProcessResult.run(words[0], Array(words.dropFirst()), environment: Self.environment)
  }

  /// Waits for a run that one of some processes has begun to save.
  ///
  /// - Parameter isMeant: asked of who trains a run.
  func begun(where isMeant: (LeaseOwner) -> Bool = { _ in true }) throws -> (seed: Int, owner: LeaseOwner) {
    let end = Date() + 60
    while Date() < end {
      for seed in 1...seeds where !FileManager.default.fileExists(atPath: run(seed) + "/summary.json") {
        let log = (try? String(contentsOfFile: run(seed) + "/log.jsonl", encoding: .utf8)) ?? ""
        guard log.contains("\"event\":\"checkpoint\""), let owner = try? Lease.holder(of: run(seed)), isMeant(owner) else { continue }
        return (seed, owner)
      }
      usleep(1000)
    }
    throw StageError(.retryLater, "no run has begun within a minute", where: folder, why: "", fix: "")
  }

  /// The process that started another one.
  static func parent(of process: Int32) throws -> Int32 {
    let line = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    return try #require(Int32(line.split(separator: ")")[1].split(separator: " ")[1]))
  }

  /// Compares every run with that of one process alone, and looks that each was finished once and left nothing behind.
  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let alone = try finish("alone")
    try #require(alone.status == 0, "\(alone.errors)", sourceLocation: sourceLocation)
    for seed in 1...seeds {
      try RunSummary(inFolder: run(seed)).checkFiles(in: run(seed))
      #expect(try bits(run(seed)) == bits(run(seed, of: "alone")), "seed \(seed)", sourceLocation: sourceLocation)
      let log = try String(contentsOfFile: run(seed) + "/log.jsonl", encoding: .utf8).split(separator: "\n")
      #expect(log.count { $0.contains("\"message\":\"finished\"") } == 1, "seed \(seed)", sourceLocation: sourceLocation)
    }
    let names = try InputFile.names(inFolder: (run(1) as NSString).deletingLastPathComponent)
    #expect(names == (1...seeds).flatMap { ["seed-\($0)", "seed-\($0).lock"] }.sorted(), sourceLocation: sourceLocation)
  }

  /// Everything that a run computes, without times.
  private func bits(_ run: String) throws -> [String: String] {
    let summary = try RunSummary(inFolder: run)
    let metrics = try String(contentsOfFile: run + "/metrics.csv", encoding: .utf8).split(separator: "\n").map { line in
      line.prefix(upTo: line.lastIndex(of: ",") ?? line.endIndex)
    }
    let files = (summary.files ?? [:]).filter { !["metrics.csv", "provenance.json"].contains($0.key) }
    return files.merging(["metrics": metrics.joined(separator: "\n"), "value": "\(summary.value) \(summary.testLoss)"]) { $1 }
  }
}
