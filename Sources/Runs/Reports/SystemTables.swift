import RunSupport

/// The tables of a `SystemReport`: time steps with H∞ scores, Hankel singular values with ε-ranks, and discrete poles.
struct SystemTables: RunReport {
  let warning: String? = "the systems of the trained model are not described"

  func write(_ run: ReportedRun, to directory: RunDirectory) throws {
    guard
      let report = try SystemReport(
        initial: run.initial, trained: run.trained, sequenceLength: run.sequenceLength, probe: run.probe)
    else { return }
    try AtomicFile.write(try report.systemsCSV(), to: directory.path(of: SystemColumn.self))
    let hankel = try report.hankelTables()
    try AtomicFile.write(hankel.values, to: directory.path(of: HankelColumn.self))
    try AtomicFile.write(hankel.ranks, to: directory.path(of: RankColumn.self))
    try AtomicFile.write(try report.modesCSV(), to: directory.path(of: ModeColumn.self))
  }
}
