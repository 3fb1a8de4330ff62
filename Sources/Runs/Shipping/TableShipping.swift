/// What of a table of a run goes into the repository.
package enum TableShipping: Sendable {
  /// All of it.
  case whole
  /// Of a large table what figures and claims read of it; nothing where none does.
  case excerpt
  /// Nothing: it shows data of others.
  case never

  /// Every table that a run can have.
  static let tables: [any RunColumn.Type] = [
    EpochColumn.self, OutputErrorColumn.self, KernelColumn.self, ResponseColumn.self, SystemColumn.self, HankelColumn.self, RankColumn.self,
    ModeColumn.self, PoleColumn.self, PoleTrajectoryColumn.self, NextFrameColumn.self, GenerationColumn.self, PerturbationColumn.self,
    PictureColumn.self, FilmColumn.self,
  ]

  /// Of the table with this name; nil if there is none.
  static func ofFile(_ name: String) -> TableShipping? { tables.first { $0.file == name }?.shipping }
}
