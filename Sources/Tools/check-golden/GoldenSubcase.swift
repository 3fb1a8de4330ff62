import Arrays
import ComplexModule
import Foundation
import ReferenceModels
import Operations
import RunSupport
import StateSpace

/// One configuration of a case: its stored tensors, and the comparisons made with them.
final class GoldenSubcase {
  /// Where the index gives none: float32 with an accurate formula, and float64.
  private static let defaultFloat32Tolerance = 2e-5
  private static let defaultFloat64Tolerance = 1e-10

  let name: String
  let config: JSONValue
  private(set) var comparisons: [Comparison] = []

  let caseName: String
  private let file: SafetensorsFile
  private let descriptions: [String: GoldenIndex.TensorDescription]
  /// `<subcase>.`, or nothing in files with a single subcase and plain names.
  private let prefix: String

  /// The subcases of a file in alphabetical order.
  static func all(of goldenCase: GoldenIndex.Case, in directory: String) throws -> [GoldenSubcase] {
    let file = try SafetensorsFile(path: (directory as NSString).appendingPathComponent(goldenCase.file))
    return goldenCase.subcases.sorted { $0.key < $1.key }.map { name, subcase in
      GoldenSubcase(name, subcase.config, goldenCase, file)
    }
  }

  private init(_ name: String, _ config: JSONValue, _ goldenCase: GoldenIndex.Case, _ file: SafetensorsFile) {
    self.name = name
    self.config = config
    self.file = file
    caseName = goldenCase.name
    descriptions = goldenCase.tensors
    prefix = file.names.contains { $0.hasPrefix(name + ".") } ? name + "." : ""
  }

  func has(_ tensor: String) -> Bool { file.names.contains(prefix + tensor) }

  /// Names without the subcase that start with `start`.
  func names(startingWith start: String) -> [String] {
    file.names.filter { $0.hasPrefix(prefix + start) }.map { String($0.dropFirst(prefix.count)) }
  }

  func shape(_ name: String) throws -> [Int] { try file.tensor(prefix + name).shape }

  func reals(_ name: String) throws -> [Double] { try file.tensor(prefix + name).doubles() }

  func integers(_ name: String) throws -> [Int] { try file.tensor(prefix + name).integers() }

  /// The values in float32 under their own shape.
  func tensor(_ name: String) throws -> Tensor {
    let stored = try file.tensor(prefix + name)
    return Tensor(stored.shape, values: try stored.floats())
  }

  func complex(_ name: String) throws -> [Complex<Double>] {
    let parts = try reals(name)
    return stride(from: 0, to: parts.count - 1, by: 2).map { Complex(parts[$0], parts[$0 + 1]) }
  }

  /// One system per channel, from the stored parameters of a diagonal layer.
  func systems() throws -> [DiagonalSystem] {
    let modeCount = try shape("A_imag")[1]
    let (logTimesteps, logReal, imaginary) = (try reals("log_dt"), try reals("log_A_real"), try reals("A_imag"))
    let outputWeights = try complex("C")
    return logTimesteps.indices.map { channel in
      let modes = channel * modeCount..<(channel + 1) * modeCount
      return DiagonalSystem(
        poles: modes.map { Complex(-exp(logReal[$0]), imaginary[$0]) }, outputWeights: Array(outputWeights[modes]),
        timestep: exp(logTimesteps[channel]))
    }
  }

  /// A number of the configuration.
  ///
  /// - Throws: `StageError` (`badData`) if it is missing.
  func number(_ keys: String...) throws -> Double {
    var value: JSONValue? = config
    for key in keys { value = value?[key] }
    guard let number = value?.number else {
      throw StageError(
        .badData, "the configuration of a case lacks a number", where: "\(caseName), subcase \(name)",
        why: "there is no \(keys.joined(separator: "."))", fix: "make the folder again with the script that made it")
    }
    return number
  }

  /// A count of the configuration.
  ///
  /// - Throws: `StageError` (`badData`) if it is missing or no whole number from 0 to a billion.
  func count(_ key: String) throws -> Int {
    let value = try number(key)
    guard let count = Int(exactly: value), 0...1_000_000_000 ~= count else {
      throw StageError(
        .badData, "the configuration of a case has a wrong number", where: "\(caseName), subcase \(name)",
        why: "\(key) is \(value), but must be a whole number from 0 to a billion", fix: "make the folder again with the script that made it"
      )
    }
    return count
  }

  func compare(_ tensor: String, float32 values: [Float]) throws {
    try add(tensor, .float32, values.map { Double($0) }, descriptions[prefix + tensor]?.float32Tolerance ?? Self.defaultFloat32Tolerance)
  }

  func compare(_ tensor: String, float32 values: Tensor) throws { try compare(tensor, float32: values.values()) }

  func compare(_ tensor: String, float64 values: [Double]) throws {
    try add(tensor, .float64, values, descriptions[prefix + tensor]?.float64Tolerance ?? Self.defaultFloat64Tolerance)
  }

  func compare(_ tensor: String, float64 values: [Complex<Double>]) throws {
    try compare(tensor, float64: values.flatMap { [$0.real, $0.imaginary] })
  }

  /// Results with a tolerance in the index that nothing was compared with.
  var uncomparedTensors: [String] {
    let compared = Set(comparisons.map { prefix + $0.tensor })
    return descriptions.filter { $0.key.hasPrefix(prefix) && $0.value.float64Tolerance != nil && !compared.contains($0.key) }.keys.sorted()
  }

  private func add(_ tensor: String, _ precision: Comparison.Precision, _ values: [Double], _ tolerance: Double) throws {
    comparisons.append(
      Comparison(
        caseName: caseName, subcase: name, tensor: tensor, precision: precision,
        error: Comparison.error(of: values, reference: try reals(tensor)), tolerance: tolerance))
  }
}
