import Foundation
import TestSupport
import Testing

/// What a user says by NAME=value, with tools that only note their calls.
@Suite(.temporaryFolder) struct MakeVariablesTests {
  private let workspace: MakeWorkspace
  init() throws { workspace = try MakeWorkspace() }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(workspace.folder)/\(path)") }

  @Test("folders may have blanks, quotes and signs in their names") func anyPath() throws {
    let (data, mirror) = ("my 'data' $x (1)", "/a/mir \"ror\"; touch F")
    let arguments = ["data-moving-mnist", "PRESET=smoke", "DATA=\(data)", "MIRROR=\(mirror)"]
    let first = try workspace.make(arguments)
    #expect(first.result.status == 0, "\(first.result.errors)")
    #expect(first.calls.contains("prepare-moving-mnist download --raw \(data)/raw/moving-mnist --mirror \(mirror)"), "\(first.calls)")
    #expect(exists("\(data)/prepared/moving-mnist/digits/card.json") && !exists("data") && !exists("F"))
    #expect(try workspace.make(arguments).calls == [], "nothing is made twice")
    #expect(try workspace.make("data-verify", "DATA=\(data)").calls == ["inspect-data verify --data \(data)"])
    let run = try workspace.make("run", "EXPERIMENT=tiny-listops-s4d-lin", "PRESET=smoke", "DATA=\(data)")
    #expect(run.calls.last?.contains(" --data \(data)/prepared ") == true, "\(run)")
    #expect(try workspace.make("reproduce-analytic", "DATA=\(data)").result.status == 0)
  }

  @Test(
    "no value is a command",
    arguments: [
      ["why", "TARGET=x'; touch F; '"], ["run", "EXPERIMENT=a'b; touch F"], ["run", "EXPERIMENT=$(shell touch F)"],
      ["check-golden", "DIR=a; touch F"], ["reproduce-lra", "TASKS=image'; touch F; '"], ["download-lra", "TASKS=image: ; touch F ;"],
      ["run", "EXPERIMENT=tiny-listops-s4d-lin", "SEED=1'; touch F; '"], ["plan", "DATA=a`touch F`"],
      ["tables", "RUNS=own; touch F"], ["benchmark", "SHAPE=image; touch F"], ["-n", "run", "THREADS=1'; touch F; '"],
    ]) func injection(arguments: [String]) throws
  {
    _ = try workspace.make(arguments)
    #expect(!exists("F"))
  }

  @Test(
    "numbers of jobs and threads are checked as seeds are",
    arguments: ["JOBS=abc", "JOBS=1.5", "JOBS=0", "JOBS=", "THREADS=abc", "THREADS=0", "THREADS=-1", "THREADS=99999999999999999999999"])
  func counts(argument: String) throws {
    let words = argument.split(separator: "=", omittingEmptySubsequences: false)
    try workspace.refuse("run", "EXPERIMENT=tiny-listops-s4d-lin", argument, because: "impossible \(words[0]) '\(words[1])': use a whole")
  }

  @Test("a misspelt variable is named, with the nearest one") func misspelt() throws {
    for (wrong, right) in [("PRESETS", "PRESET"), ("THREAD", "THREADS"), ("EXPERIMNET", "EXPERIMENT"), ("preset", "PRESET")] {
      try workspace.refuse("run", "\(wrong)=smoke", because: "unknown variable \(wrong): did you mean \(right)?")
    }
    try workspace.refuse("status", "QUITE_OTHER_NAME=1", because: "unknown variable QUITE_OTHER_NAME: make help lists")
    try workspace.refuse("plan", "DATA=a\nb", because: "DATA holds more than one line")
    try workspace.refuse("run", "AGAIN=yes", because: "impossible AGAIN 'yes': use 1")
    try workspace.refuse("run", "PRESET=smoke reduced", because: "unknown PRESET 'smoke reduced'")
  }

  @Test("a new group and a new task are known at the first call") func newGroup() throws {
    let file = "Sources/Catalogue/Experiments/tiny/tiny-listops-s4d-lin.yaml"
    let text = try String(contentsOfFile: "\(workspace.folder)/\(file)", encoding: .utf8)
    let mine = text.replacing("group: tiny", with: "group: mine").replacing(/task: .*/, with: "task: brandnew")
    #expect(mine.contains("group: mine") && mine.contains("task: brandnew"))
    _ = try workspace.make("quickstart")
    try mine.write(
      toFile: "\(workspace.folder)/Sources/Catalogue/Experiments/tiny/tiny-mine.yaml", atomically: true, encoding: .utf8)
    let calls = try workspace.calls("reproduce-mine", "PRESET=smoke", "TASKS=brandnew")
    #expect(calls.trained == ["tiny-mine/smoke/seed-1"])
  }
}
