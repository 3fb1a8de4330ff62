import ArgumentParser
import Foundation
import RunSupport
import ToolSupport

@main struct AttackTools: Tool {
  static let configuration = CommandConfiguration(
    commandName: "attack", abstract: "Attacks the tools beside it as a bad machine would, and says what they survive.",
    discussion: """
      Fails every system call of a small training, preparation, download, table and figure once, fills their disk, limits memory and files, \
      kills them at random moments, closes their streams, changes their environment, starts several at once, damages what they read. After \
      each attack the same command again must end with the bytes of an undisturbed one and leave nothing behind; what failed must have said \
      so, with an exit code that is not 0. Attacks: \(AttackKind.allCases.map(\.summary).joined(separator: "; ")). \
      Exit code 1 if anything was lost, crashed or hung.
      """)

  @Argument(help: "Attacks; without a name all.") var attacks: [AttackKind] = []
  @Flag(help: "Only a sample, of less than two minutes; the page is not written.") var sample = false
  @Option(help: "Seed of moments and choices.") var seed: UInt64 = 1
  @Option(help: "Folder to work in; emptied first, kept afterwards.", completion: .directory) var work = ".build/attack"
  @Option(
    name: .customLong("records"), help: "Folder of the tables; each attack has a file, so that one alone can be repeated.",
    completion: .directory)
  var recordFolder = "results/attack"
  @Option(help: "The page that is written from all tables.", completion: .file()) var page = "docs/reliability.md"
  @Option(help: "Attacks at a time; all cores by default.") var jobs: Int?
  @Option(parsing: .unconditional, help: "Further words of `swift test`, which makes the mutations, such as those of the last build.")
  var testOptions = ""

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  func run() throws {
    let kinds = AttackKind.allCases.filter { (attacks.isEmpty || attacks.contains($0)) && ($0.isInSample || !sample) }
    var bench = try Bench(folder: work, isSample: sample, seed: seed, jobs: jobs, callsTools: kinds != [.mutations])
    bench.testOptions = testOptions.split(separator: " ").map(String.init)
    defer { bench.close() }
    var records: [AttackRecord] = []
    for kind in kinds {
      let began = Date()
      var rows: [AttackRow] = []
      Messages.line("\(kind.summary)")
      try kind.attack.run(on: bench) { row in
        rows.append(row)
        Messages.line("\(row.text)")
      }
      let record = AttackRecord(kind: kind, rows: rows, bench: bench, began: began)
      print(record.text)
      records.append(record)
      if !sample { try record.write(to: recordFolder) }
    }
    if !sample { try ReliabilityPage.write(records: recordFolder, to: page) }
    if records.count > 1 { print(AttackRecord.total(of: records)) }
    let failureCount = records.reduce(0) { $0 + $1.failures.count }
    guard failureCount == 0 else {
      Messages.line("attack: \(failureCount) failures; the lines above repeat each of them")
      throw ExitCode(1)
    }
  }
}
