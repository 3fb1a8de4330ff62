/// The tables of a `SystemReport`: time steps with H∞ scores, Hankel singular values with ε-ranks, and discrete poles.
struct SystemTables: RunReport {
  let warning: String? = "the systems of the trained model are not described"

  func tables(_ run: ReportedRun) throws -> [ReportTable] {
    guard
      let report = try SystemReport(
        initial: run.initial, trained: run.trained, sequenceLength: run.sequenceLength, probe: run.probe)
    else { return [] }
    let hankel = try report.hankelTables()
    return [
      ReportTable(SystemColumn.self, try report.systemsCSV()), ReportTable(HankelColumn.self, hankel.values),
      ReportTable(RankColumn.self, hankel.ranks), ReportTable(ModeColumn.self, try report.modesCSV()),
    ]
  }
}
