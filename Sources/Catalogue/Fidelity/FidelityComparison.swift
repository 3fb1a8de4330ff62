/// Every reported configuration beside the experiments that run it, value by value.
package struct FidelityComparison: Sendable {
  /// One value of one experiment.
  package struct Entry: Sendable {
    package let experiment: String
    package let quantity: ReportedQuantity
    /// Nil where nothing is reported.
    package let reported: String?
    /// Nil where the model holds the value itself, or has none.
    package let ours: String?
    package let source: String
    /// Nil where nothing deviates, and where no listed reason covers what does.
    package let deviation: ReportedDeviation?
    /// Whether ours is not what is reported.
    package let deviates: Bool
  }

  package struct Configuration: Sendable {
    package let reported: ReportedConfiguration
    /// Ids in the order of the catalogue.
    package let experiments: [String]
    package let entries: [Entry]
  }

  package let configurations: [Configuration]
  /// Listed deviations that no experiment has.
  package let unused: [ReportedDeviation]

  /// - Throws: `StageError` of the catalogue.
  package init(_ reported: [ReportedConfiguration], deviations: [ReportedDeviation], catalogue: ExperimentCatalogue) throws {
    var used: Set<Int> = []
    configurations = try reported.map { configuration in
      let ids = catalogue.ids.filter { id in configuration.patterns.contains { ExperimentPattern.matches(id, $0) } }
      let entries = try ids.flatMap { id in
        let values = Self.values(try catalogue.origins(id: id, preset: .paper))
        return ReportedQuantity.allCases.compactMap { quantity -> Entry? in
          let (value, said) = (values[quantity], configuration.values[quantity])
          guard value != nil || said != nil else { return nil }
          let deviates = said.flatMap { said in value.map { !Self.isEqual(said, $0.value) } } ?? false
          let index = deviates ? deviations.firstIndex { $0.covers(id, quantity) } : nil
          if let index { used.insert(index) }
          return Entry(
            experiment: id, quantity: quantity, reported: said, ours: value?.value, source: value?.source ?? "",
            deviation: index.map { deviations[$0] }, deviates: deviates)
        }
      }
      return Configuration(reported: configuration, experiments: ids, entries: entries)
    }
    unused = deviations.indices.filter { !used.contains($0) }.map { deviations[$0] }
  }

  private static func values(_ origins: [ValueOrigin]) -> [ReportedQuantity: (value: String, source: String)] {
    let byPath = Dictionary(origins.map { ($0.path, $0) }) { first, _ in first }
    func value(_ quantity: ReportedQuantity) -> (value: String, source: String)? {
      guard let origin = quantity.paths.lazy.compactMap({ byPath[$0] }).first else { return nil }
      // Of seeds their number is reported.
      let text = quantity == .seeds ? "\(origin.value.split(separator: ",").count)" : origin.value
      let mark = origin.source?.isOurs == true ? " (our reading)" : ""
      return (text, (origin.source?.text ?? "") + mark)
    }
    let hasLayer = byPath["model.layerCount"] != nil
    // DFouT's channels share the grid of their layer.
    let sharesSystems = byPath["model.layer.kind"]?.value == "dampedFourier"
    return ReportedQuantity.allCases.reduce(into: [:]) { values, quantity in
      if let found = value(quantity) {
        values[quantity] = found
      } else if hasLayer, quantity != .systems || !sharesSystems, let fallback = quantity.fallback.flatMap(value) {
        values[quantity] = (fallback.value, "as the \(quantity.fallback?.title ?? ""): \(fallback.source)")
      } else if quantity == .warmup, byPath["training.schedule.kind"] != nil {
        values[quantity] = ("0", "a schedule without one")
      } else if quantity == .appendsReversal, byPath["model.layer.directions"] != nil {
        values[quantity] = ("false", "the usual value of the layer")
      }
    }
  }

  private static func isEqual(_ reported: String, _ ours: String) -> Bool {
    if let number = Double(reported) { return Double(ours) == number }
    return reported == ours
  }
}
