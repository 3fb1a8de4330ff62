import AnalyticResults

/// The tables of a result at the size for tests, by name.
func resultTables(_ name: String, data: String = "nowhere") throws -> [String: AnalyticTable] {
  let result = try AnalyticResults.named([name])[0]
  let tables = try result.tables(AnalyticContext(size: .tiny, preparedData: data))
  return Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) })
}

extension AnalyticTable {
  /// The numbers of a column in the rows where other columns hold these fields.
  func numbers(_ column: String, where fields: [String: String]) -> [Double] {
    let conditions = fields.map { (texts($0.key), $0.value) }
    return zip(rows.indices, numbers(column)).filter { row, _ in conditions.allSatisfy { $0.0[row] == $0.1 } }.map(\.1)
  }
}

/// Where a sequence has local maxima.
func peaks(_ values: [Double]) -> [Int] {
  values.indices.dropFirst().dropLast().filter { values[$0] >= values[$0 - 1] && values[$0] > values[$0 + 1] }
}
