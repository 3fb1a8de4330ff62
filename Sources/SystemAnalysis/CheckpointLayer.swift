import Arrays
import ComplexModule
import Foundation
import RunSupport
import StateSpace

/// The arrays of one layer of a checkpoint, made into systems. Names and shapes: docs/checkpoints.md.
struct CheckpointLayer {
  let index: Int
  /// What all names of the layer begin with, `s4_layers.0.` for example.
  let prefix: String
  let file: SafetensorsFile
  let path: String
  let options: CheckpointOptions
  /// Of the run that the file lies in.
  let configuration: RunConfiguration?

  /// The names that decide what kind of layer it is.
  private static let signs = ["kernel.log_A_real", "kernel.A_real", "kernel.log_xi", "kernel.h", "kernel.H"]

  /// The other names behind `kernel.`.
  private static let others = ["A_imag", "B", "C", "angles", "inv_dt", "log_dt", "s"].map { "kernel." + $0 }

  func systems() throws -> [SystemEntry] {
    switch Self.signs.first(where: has) {
    case "kernel.log_A_real": try diagonal(decay: "kernel.log_A_real", frequencySign: 1)
    case "kernel.A_real": try diagonal(decay: "kernel.A_real", frequencySign: -1)
    case "kernel.log_xi": try dampedFourier()
    case .some(let name): try hankel(name)
    case nil: throw unknownKind()
    }
  }

  /// S4D and TFB: A [S, N], C [directions, H, N, 2], perhaps B [S, N, 2] and β [H]; channel h has the poles of row h mod S.
  private func diagonal(decay: String, frequencySign: Double) throws -> [SystemEntry] {
    let timesteps = try self.timesteps()
    let width = timesteps.count
    let (decays, frequencies) = (try array(decay), try array("kernel.A_imag"))
    let decayRows = try decays.rows()
    let (rowCount, modeCount) = (decayRows.count, decayRows[0].count)
    let frequencyRows = try frequencies.rows(count: modeCount)
    guard frequencyRows.count == rowCount else { throw frequencies.problem("\(decays.name) has \(rowCount) rows") }
    guard width.isMultiple(of: rowCount) else {
      throw decays.problem("its \(rowCount) rows of poles cannot be shared by \(width) channels")
    }
    let poles = try zip(decayRows, frequencyRows).map { row in
      try zip(row.0, row.1).map { pair in
        guard exp(pair.0).isFinite else { throw decays.problem("the exponential of \(pair.0) is too large") }
        return Complex(-exp(pair.0), frequencySign * pair.1)
      }
    }
    let inputRows = try has("kernel.B") ? array("kernel.B").complexRows(count: modeCount) : nil
    if let inputRows, inputRows.count != rowCount { throw try array("kernel.B").problem("\(decays.name) has \(rowCount) rows") }
    let exponents = try sobolevExponents(width: width)
    return try outputRows(width: width, modeCount: modeCount).map { place, outputWeights in
      let row = place.channel % rowCount
      let system = DiagonalSystem(
        poles: poles[row], inputWeights: inputRows?[row], outputWeights: outputWeights, timestep: timesteps[place.channel],
        discretization: options.discretization ?? .zeroOrderHold)
      guard let exponents else { return entry(place, system) }
      return entry(
        place,
        TunedSystem(
          system: system, exponent: exponents[place.channel], weighting: options.filterWeighting ?? .cyclesPerSample,
          pointCount: try filterPointCount()))
    }
  }

  /// DFouT: ξ [H], Ω [H, N], C [directions, H, N, 2].
  private func dampedFourier() throws -> [SystemEntry] {
    let dampings = try positiveExponentials(array("kernel.log_xi"))
    let angles = try array("kernel.angles")
    let rows = try angles.rows()
    guard dampings.count.isMultiple(of: rows.count) else {
      throw angles.problem("its \(rows.count) rows cannot be shared by \(dampings.count) channels")
    }
    return try outputRows(width: dampings.count, modeCount: rows[0].count).map { place, outputWeights in
      entry(
        place,
        DampedFourierSystem(
          damping: dampings[place.channel], angles: rows[place.channel % rows.count], outputWeights: outputWeights,
          inputFactor: options.inputFactor ?? .zeroOrderHold, outputFactor: (options.plane ?? .half).outputFactor))
    }
  }

  /// HOPE: Δt [directions·H], h [directions·S, n, 2]; channel h has the parameters of row h mod S of its direction.
  private func hankel(_ name: String) throws -> [SystemEntry] {
    let parameters = try array(name)
    let (rows, timesteps) = (try parameters.complexRows(), try self.timesteps())
    let width = try channelCount(rowCount: timesteps.count)
    let (directionCount, systemCount) = (timesteps.count / width, rows.count * width / timesteps.count)
    guard systemCount > 0, systemCount * directionCount == rows.count, width.isMultiple(of: systemCount) else {
      throw parameters.problem("there are \(timesteps.count) time steps for \(rows.count) rows")
    }
    try requireWholeSpectra(parameters, rowCount: timesteps.count)
    return timesteps.enumerated().map { index, timestep in
      let (direction, channel) = index.quotientAndRemainder(dividingBy: width)
      let system = HankelSystem(markovParameters: rows[direction * systemCount + channel % systemCount], timestep: timestep)
      return entry((direction: direction, channel: channel), system)
    }
  }

  /// H, half the outputs of the map behind the convolution; the rows themselves where a file lacks it.
  private func channelCount(rowCount: Int) throws -> Int {
    guard has("output_linear.0.weight") else { return rowCount }
    let width = try file.tensor(prefix + "output_linear.0.weight").shape.first.map { $0 / 2 } ?? 0
    return width > 0 && rowCount.isMultiple(of: width) ? width : rowCount
  }

  /// - Throws: `StageError` (`badConfiguration`) for the released form, where the mixing map sees half as many channels as there are rows.
  private func requireWholeSpectra(_ parameters: CheckpointArray, rowCount: Int) throws {
    let name = "output_linear.0.weight"
    let mixed = has(name) ? try file.tensor(prefix + name).shape.last : nil
    guard configuration?.hasHalfSpectra ?? false || mixed.map({ 2 * $0 == rowCount }) ?? false else { return }
    throw StageError(
      .badConfiguration, "the rows of \(parameters.name) are no systems by themselves", where: path,
      why: "two of them fill the halves of one spectrum (half-spectra, HOPE's released form), whose kernel depends on the input's length",
      fix: "look at the kernels.csv of the run, or at a run whose model.layer.directions is forward or both")
  }

  /// M; 1 where it is of no importance.
  private func filterPointCount() throws -> Double {
    if let count = options.filterPointCount { return Double(count) }
    guard (options.filterWeighting ?? .cyclesPerSample) != .cyclesPerSample else { return 1 }
    throw StageError(
      .usage, "the filter counts bins of a transform of unknown length", where: path,
      why: "neither the weights nor their run's data say how many points it has",
      fix: "give --filter-points: the input's length where the convolution is circular, twice that where it is padded with zeros")
  }

  private func outputRows(
    width: Int, modeCount: Int
  ) throws -> [(place: (direction: Int, channel: Int), weights: [Complex<Double>])] {
    let weights = try array("kernel.C")
    let rows = try weights.complexRows(count: modeCount)
    guard rows.count.isMultiple(of: width) else {
      throw weights.problem("its shape is \(weights.shape), but [directions, \(width), \(modeCount), 2] is needed")
    }
    return rows.enumerated().map { ((direction: $0.offset / width, channel: $0.offset % width), $0.element) }
  }

  private func timesteps() throws -> [Double] {
    let name = has("kernel.inv_dt") ? "kernel.inv_dt" : "kernel.log_dt"
    let stored = try array(name)
    let transform = options.timestepTransform ?? (name == "kernel.inv_dt" ? .softplus : .log)
    return try positive(stored, transform.value)
  }

  private func positiveExponentials(_ stored: CheckpointArray) throws -> [Double] { try positive(stored) { exp($0) } }

  private func positive(_ stored: CheckpointArray, _ transform: (Double) -> Double) throws -> [Double] {
    try stored.values.map { value in
      let result = transform(value)
      guard result > 0, result.isFinite else { throw stored.problem("the value \(value) stands for \(result), which is no time step") }
      return result
    }
  }

  private func sobolevExponents(width: Int) throws -> [Double]? {
    guard let name = ["kernel.s", "s"].first(where: has) else {
      guard let exponent = configuration?.model.filterExponent, exponent != 0 else { return nil }
      return Array(repeating: exponent, count: width)
    }
    let stored = try array(name)
    guard stored.values.count == width else { throw stored.problem("it has \(stored.values.count) values for \(width) channels") }
    return stored.values
  }

  private func has(_ field: String) -> Bool { file.names.contains(prefix + field) }

  private func array(_ field: String) throws -> CheckpointArray { try CheckpointArray(prefix + field, in: file, path: path) }

  private func entry(_ place: (direction: Int, channel: Int), _ system: any LayerSystem) -> SystemEntry {
    SystemEntry(layer: index, direction: place.direction, channel: place.channel, system: system)
  }

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
