import RunSupport

/// A number that a claim's rule compares: of the runs of experiments, of an analytic table, or one that a theorem gives.
package struct ClaimQuantity: Sendable, Equatable {
  /// How several rows, or several experiments, become one number.
  package enum Reduction: String, Sendable, CaseIterable, Encodable { case minimum, maximum, mean, median, range }

  /// Rows of a CSV table, and a column of them.
  package struct Cells: Sendable, Equatable, Encodable {
    /// Name of the file, without `.csv`.
    package let table: String
    package let column: String
    /// Only rows with these texts in these columns.
    package let rows: [String: String]
    /// Of these the row whose column is nearest to a number.
    package let near: [String: Double]
    /// Column with the standard error of an exact number; nil without one.
    package let error: String?
  }

  package enum Source: Sendable, Equatable {
    /// The test value of runs, `output 2`, or the result through a probe of that name.
    case runs(value: String?)
    /// Cells of a table in the runs' folders.
    case runTable(Cells)
    case analytic(Cells)
    case number(Double)
  }

  package let source: Source
  /// Experiments whose runs it reads.
  package let experiments: [String]
  package let reduction: Reduction?
  /// How evidence calls it. Not a part of the rule: words may be mended.
  package let name: String

  private enum Key: String, CaseIterable { case run, runs, value, table, analytic, column, rows, near, error, reduction, number, name }

  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    experiments =
      try section.optional(.run).map { [try $0.text()] } ?? section.optional(.runs)?.list().map { try $0.text() } ?? []
    reduction = try section.optional(.reduction)?.choice(Reduction.self)
    name = try section[.name].text()
    func cells(_ table: ConfigurationNode) throws -> Cells {
      Cells(
        table: try table.text(), column: try section[.column].text(),
        rows: try section.optional(.rows)?.entries().reduce(into: [:]) { $0[$1.key] = $1.value.tree.scalar ?? "" } ?? [:],
        near: try section.optional(.near)?.entries().reduce(into: [:]) { $0[$1.key] = try $1.value.number("a number") { _ in true } }
          ?? [:],
        error: try section.optional(.error)?.text())
    }
    if let number = section.optional(.number) {
      source = .number(try number.number("a number") { _ in true })
    } else if let table = section.optional(.analytic) {
      source = .analytic(try cells(table))
    } else if let table = section.optional(.table) {
      source = .runTable(try cells(table))
    } else {
      source = .runs(value: try section.optional(.value)?.text())
    }
    let readsRuns: Bool =
      switch source {
      case .runs, .runTable: true
      case .analytic, .number: false
      }
    guard readsRuns != experiments.isEmpty, experiments.count < 2 || reduction != nil else {
      throw StageError(
        .badConfiguration, "the quantity \(name) cannot be read", where: node.location,
        why: "it is a `number`, cells of an `analytic` table, or of a `run`; several `runs` need a `reduction`", fix: "complete it")
    }
  }
}

/// What the hash of a rule is made of: everything but the name.
extension ClaimQuantity: Encodable {
  private enum CodingKeys: String, CodingKey { case experiments, reduction, value, runTable, analytic, number }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    if !experiments.isEmpty { try container.encode(experiments, forKey: .experiments) }
    try container.encodeIfPresent(reduction, forKey: .reduction)
    switch source {
    case .runs(let value): try container.encodeIfPresent(value, forKey: .value)
    case .runTable(let cells): try container.encode(cells, forKey: .runTable)
    case .analytic(let cells): try container.encode(cells, forKey: .analytic)
    case .number(let number): try container.encode(number, forKey: .number)
    }
  }
}
