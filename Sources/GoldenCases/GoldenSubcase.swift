import Arrays
import ComplexModule
import Foundation
import RunSupport

/// One configuration of a case with its stored tensors.
package struct GoldenSubcase: Sendable {
  package let name: String
  package let caseName: String
  package let config: JSONValue

  private let file: SafetensorsFile
  private let descriptions: [String: GoldenIndex.TensorDescription]
  /// `<subcase>.`, or nothing in files with a single subcase and plain names.
  private let prefix: String

  /// The subcases of a file in alphabetical order.
  package static func all(of goldenCase: GoldenIndex.Case, in directory: String) throws -> [GoldenSubcase] {
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

  package func has(_ tensor: String) -> Bool { file.names.contains(prefix + tensor) }

  /// Names without the subcase that start with `start`.
  func names(startingWith start: String) -> [String] {
    file.names.filter { $0.hasPrefix(prefix + start) }.map { String($0.dropFirst(prefix.count)) }
  }

  package func shape(_ name: String) throws -> [Int] { try file.tensor(prefix + name).shape }

  /// The stored numbers; inputs of cases are floats without rounding.
  package func reals(_ name: String) throws -> [Double] { try file.tensor(prefix + name).doubles() }

  func integers(_ name: String) throws -> [Int] { try file.tensor(prefix + name).integers() }

  package func complex(_ name: String) throws -> [Complex<Double>] {
    let parts = try reals(name)
    return stride(from: 0, to: parts.count - 1, by: 2).map { Complex(parts[$0], parts[$0 + 1]) }
  }

  /// Stored arrays under the names that a layer or model has for them.
  func named(_ arrays: KeyValuePairs<String, String>) throws -> [String: [Double]] {
    try Dictionary(uniqueKeysWithValues: arrays.map { ($0, try reals($1)) })
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

  /// The results of a computation beside the stored ones.
  func compare(_ results: [GoldenResult], _ computation: Computation) throws -> [Comparison] {
    try results.map { result in
      let description = descriptions[prefix + result.tensor]
      return Comparison(
        caseName: caseName, subcase: name, tensor: result.tensor, precision: computation.precision,
        error: Comparison.error(of: result.values, reference: try reals(result.tensor)),
        tolerance: computation.precision == .float32
          ? description?.float32Tolerance ?? Comparison.defaultFloat32Tolerance
          : description?.float64Tolerance ?? Comparison.defaultFloat64Tolerance)
    }
  }

  /// Stored results with a tolerance in the index that nothing was compared with.
  package func uncompared(after comparisons: [Comparison]) -> [String] {
    let compared = Set(comparisons.map { prefix + $0.tensor })
    return descriptions.filter { $0.key.hasPrefix(prefix) && $0.value.float64Tolerance != nil && !compared.contains($0.key) }.keys.sorted()
  }
}
