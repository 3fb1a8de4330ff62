import Documents

extension StepShape {
  /// The columns of a table that say a shape.
  package static let columns = ["kind", "norm", "batch", "length", "width", "outputs", "layers", "points", "terms"]

  /// What a row holds in these columns.
  package var fields: [String] { [kind.rawValue, hasBatchNorm ? "batch" : "layer"] + sizes.map(String.init) }

  /// B, L, H, outputs, layers, points and terms.
  var sizes: [Int] { [batchSize, length, width, outputs, layers, points, terms] }

  /// The shape of each row.
  ///
  /// - Throws: `StageError` (`badData`) for a table without these columns, or a row that says no shape.
  package static func shapes(in table: CSVTable) throws -> [StepShape] {
    let places = try columns.map(table.index(of:))
    return try table.rows.enumerated().map { index, row in
      let fields = places.map { row[$0] }
      guard let kind = Kind(rawValue: fields[0]) else { throw table.badRow(index, why: "`\(fields[0])` is no kind of layer") }
      let sizes = try fields.dropFirst(2).compactMap { field in
        try table.number(field, row: index).flatMap { Int(exactly: $0) }.flatMap { $0 > 0 ? $0 : nil }
      }
      guard sizes.count == columns.count - 2 else { throw table.badRow(index, why: "sizes must be whole numbers above 0") }
      return StepShape(
        kind: kind, hasBatchNorm: fields[1] == "batch", batchSize: sizes[0], length: sizes[1], width: sizes[2], outputs: sizes[3],
        layers: sizes[4], points: sizes[5], terms: sizes[6])
    }
  }
}
