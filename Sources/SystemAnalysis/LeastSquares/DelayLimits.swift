import Catalogue
import Datasets
import Documents
import Foundation
import RunSupport
import Vocabulary

/// The least-squares limits of the experiments of the delay task: a CSV file that is kept, in which each row stands for the data and the
/// model that it was computed from.
package struct DelayLimits: Sendable {
  /// By `key(of:)`, so that equal models share theirs.
  private var limits: [String: LeastSquaresLimit] = [:]

  private static let columns = ["experiment", "data_and_model_sha256", "limit", "error_of_zero", "rank", "unknowns"]
  private static let fix = "delete the file and run make delay-limits"

  /// None.
  package init() {}

  /// Those of a file; none without one.
  ///
  /// - Throws: `StageError` (`badData`) if it is no such table.
  package init(fromFile path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    let table = try CSVTable(fromFile: path, fix: Self.fix)
    let places = try Self.columns.map(table.index)
    for (index, row) in table.rows.enumerated() {
      let fields = places.map { row[$0] }
      let numbers = try fields[2...].compactMap { try table.number($0, row: index) }
      guard numbers.count == 4, let rank = Int(exactly: numbers[2]), let unknownCount = Int(exactly: numbers[3]) else {
        throw table.badRow(index, why: "a number is missing, or a count is no whole one")
      }
      limits[fields[1]] = LeastSquaresLimit(error: numbers[0], errorOfZero: numbers[1], rank: rank, unknownCount: unknownCount)
    }
  }

  /// The limit of exactly these data and this model; nil if it is not there.
  package subscript(configuration: ExperimentConfiguration) -> LeastSquaresLimit? {
    (try? Self.key(of: configuration)).flatMap { limits[$0] }
  }

  /// Computes what the file lacks and writes it after each limit, ordered by experiment; rows of other data or models are dropped. The
  /// sums over the inputs are made once for all experiments on the same data.
  ///
  /// - Parameters:
  ///   - configurations: of experiments of any task; those of others are passed over.
  ///   - say: called with a line for each limit that is computed.
  /// - Throws: `StageError`: `badData` if the file is no such table, what the model or the data say of impossible numbers, `inputOutput`.
  package static func update(file path: String, _ configurations: [ExperimentConfiguration], say: (String) -> Void) throws -> DelayLimits {
    let earlier = try DelayLimits(fromFile: path)
    var known = DelayLimits()
    let members = configurations.filter { if case .delay = $0.model { true } else { false } }.sorted { $0.id < $1.id }
    for member in members { known.limits[try key(of: member)] = earlier[member] }
    try AtomicFile.writeIfChanged(known.csv(members), to: path)
    var inputs: (data: DataSpecification, lag: Int, products: LagProducts)?
    for member in members where known[member] == nil {
      guard case .delay(let model) = member.model else { continue }
      let data = member.data
      if inputs?.data != data {
        let source = try data.generatedTask?.source(data.parameters) as? DelaySource
        inputs = source.map { (data, $0.lag, LagProducts($0.testInputs)) }
      }
      guard let inputs else { continue }
      let limit = try LeastSquaresLimit(model.initialModes(), of: inputs.products, lag: inputs.lag)
      known.limits[try key(of: member)] = limit
      try AtomicFile.write(known.csv(members), to: path)
      say("\(member.id): \(number(limit.error)), rank \(limit.rank) of \(limit.unknownCount)")
    }
    return known
  }

  private func csv(_ configurations: [ExperimentConfiguration]) throws -> String {
    let rows = try configurations.compactMap { configuration in
      try self[configuration].map { limit in
        [
          configuration.id, try Self.key(of: configuration), Self.number(limit.error), Self.number(limit.errorOfZero), "\(limit.rank)",
          "\(limit.unknownCount)",
        ]
      }
    }
    return CSVText.document(Self.columns, rows)
  }

  private static func number(_ value: Double) -> String { String(format: "%.7g", value) }

  /// What a limit depends on.
  private static func key(of configuration: ExperimentConfiguration) throws -> String {
    FileHash.hex(of: Data((try JSONText.encode(configuration.data) + JSONText.encode(configuration.model)).utf8))
  }
}
