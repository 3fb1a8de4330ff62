import Arrays
import Operations
import RunSupport
import SequenceModels
import StateSpace
import Vocabulary

/// One layer of weights under the names of docs/checkpoints.md, whatever program wrote them: its names say what kind of layer it is.
struct CheckpointLayer {
  let index: Int
  /// What all names of the layer begin with, `s4_layers.0.` for example.
  let prefix: String
  let file: SafetensorsFile
  let path: String
  let options: CheckpointOptions

  /// The names that decide what kind of layer it is.
  private static let signs = ["kernel.log_A_real", "kernel.A_real", "kernel.log_xi", "kernel.h", "kernel.H"]

  /// The other names behind `kernel.`.
  private static let others = ["A_imag", "B", "C", "angles", "inv_dt", "log_dt", "s"].map { "kernel." + $0 }

  func systems() throws -> [SystemEntry] {
    let systems =
      switch Self.signs.first(where: has) {
      case "kernel.log_A_real": try diagonal(decay: "kernel.log_A_real", frequencySign: 1)
      case "kernel.A_real": try diagonal(decay: "kernel.A_real", frequencySign: -1)
      case "kernel.log_xi": try dampedFourier()
      case .some(let name): try hankel(name)
      case nil: throw unknownKind()
      }
    return systems.map { $0.inLayer(index) }
  }

  /// S4D and TFB.
  private func diagonal(decay: String, frequencySign: Double) throws -> [SystemEntry] {
    let timestep = try timestep()
    let systems = try StoredSystems.diagonal(
      timestep: timestep, decay: array(decay), frequency: array("kernel.A_imag"), inputWeights: array(orNil: "kernel.B"),
      outputWeights: array("kernel.C"),
      options: DiagonalKernel.Options(
        poles: .continuous(options.discretization ?? .zeroOrderHold), timestepTransform: transform(timestep), frequencySign: frequencySign))
    guard let exponents = try sobolevExponents(width: timestep.values.count) else { return systems }
    return systems.filtered(exponents: exponents, weighting: weighting, pointCount: try filterPointCount())
  }

  /// DFouT.
  private func dampedFourier() throws -> [SystemEntry] {
    try StoredSystems.diagonal(
      timestep: array("kernel.log_xi"), decay: nil, frequency: array("kernel.angles"), inputWeights: array(orNil: "kernel.B"),
      outputWeights: array("kernel.C"),
      options: DiagonalKernel.Options(
        poles: .dampedFourier(hasUnitInput: options.inputFactor == .unit), outputFactor: (options.plane ?? .half).outputFactor))
  }

  /// HOPE.
  private func hankel(_ name: String) throws -> [SystemEntry] {
    let (markov, timestep) = (try array(name), try timestep())
    try requireWholeSpectra(markov, rowCount: timestep.values.count)
    return try StoredSystems.hankel(
      markov: markov, timestep: timestep, transform: transform(timestep), modelWidth: channelCount(rowCount: timestep.values.count))
  }

  /// H, half the outputs of the map behind the convolution; the rows themselves where a file lacks it.
  private func channelCount(rowCount: Int) throws -> Int {
    guard has("output_linear.0.weight") else { return rowCount }
    let width = try file.tensor(prefix + "output_linear.0.weight").shape.first.map { $0 / 2 } ?? 0
    return width > 0 && rowCount.isMultiple(of: width) ? width : rowCount
  }

  /// - Throws: `StageError` (`badConfiguration`) for the released form, where the mixing map sees half as many channels as there are rows.
  private func requireWholeSpectra(_ markov: StoredArray, rowCount: Int) throws {
    let name = "output_linear.0.weight"
    let mixed = has(name) ? try file.tensor(prefix + name).shape.last : nil
    guard options.hasHalfSpectra || mixed.map({ 2 * $0 == rowCount }) ?? false else { return }
    throw StageError(
      .badConfiguration, "the rows of \(markov.name) are no systems by themselves", where: path,
      why: "two of them fill the halves of one spectrum (half-spectra, HOPE's released form), whose kernel depends on the input's length",
      fix: "look at the kernels.csv of the run, or at a run whose model.layer.directions is forward or both")
  }

  private var weighting: FilterWeighting { options.filterWeighting ?? .cyclesPerSample }

  /// M; 1 where it is of no importance.
  private func filterPointCount() throws -> Int {
    if let count = options.filterPointCount { return count }
    guard weighting != .cyclesPerSample else { return 1 }
    throw StageError(
      .usage, "the filter counts bins of a transform of unknown length", where: path,
      why: "neither the weights nor their run's data say how many points it has",
      fix: "give --filter-points: the input's length where the convolution is circular, twice that where it is padded with zeros")
  }

  private func timestep() throws -> StoredArray { try array(has("kernel.inv_dt") ? "kernel.inv_dt" : "kernel.log_dt") }

  private func transform(_ timestep: StoredArray) -> TimestepTransform {
    options.timestepTransform ?? (timestep.name.hasSuffix("inv_dt") ? .softplus : .log)
  }

  private func sobolevExponents(width: Int) throws -> [Double]? {
    guard let stored = try array(orNil: "kernel.s") ?? array(orNil: "s") else {
      guard let exponent = options.filterExponent, exponent != 0 else { return nil }
      return Array(repeating: exponent, count: width)
    }
    guard stored.values.count == width else { throw stored.problem("it has \(stored.values.count) values for \(width) channels") }
    return stored.values
  }

  private func has(_ field: String) -> Bool { file.names.contains(prefix + field) }

  private func array(_ field: String) throws -> StoredArray { try StoredArray(prefix + field, in: file, path: path) }

  private func array(orNil field: String) throws -> StoredArray? { has(field) ? try array(field) : nil }

  private func unknownKind() -> StageError {
    let fields = file.names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    let unknown = fields.filter { $0.hasPrefix("kernel.") && !Self.others.contains($0) }
    let near = unknown.compactMap { field in NearestName.suggestion(for: field, among: Self.signs).map { (field, $0) } }.first
    return StageError(
      .badData, "layer \(index) is of no known kind", where: path,
      why: "it has none of \(Self.signs.joined(separator: ", "))" + (near.map { "; \($0.0) looks like \($0.1)" } ?? ""),
      fix: "compare its names with docs/checkpoints.md")
  }
}
