import RunSupport

/// The tables of a `SystemReport`: time steps with H∞ scores, Hankel singular values and discrete poles.
struct SystemTables: RunReport {
  let warning: String? = "the systems of the trained model are not described"

  func write(_ run: ReportedRun, to directory: RunDirectory) throws {
    guard
      let report = try SystemReport(
        initial: run.initial, trained: run.trained, sequenceLength: run.sequenceLength, probe: run.probe)
    else { return }
    try AtomicFile.write(try report.systemsCSV(), to: directory.path(of: SystemColumn.self))
    try AtomicFile.write(try report.hankelCSV(), to: directory.path(of: HankelColumn.self))
    try AtomicFile.write(try report.modesCSV(), to: directory.path(of: ModeColumn.self))
  }
}
