import Foundation
import RunSupport

/// `index.json`: which files there are, what their tensors mean and how exact a result must be.
package struct GoldenIndex {
  package struct Case: Decodable, Sendable {
    package let file: String
    package let subcases: [String: Subcase]
    let tensors: [String: TensorDescription]

    /// The file name up to the first underscore, for example `case02b`.
    package var name: String { String(file.prefix { $0 != "_" && $0 != "." }) }
  }

  package struct Subcase: Decodable, Sendable {
    let config: JSONValue
  }

  package struct TensorDescription: Decodable, Sendable {
    let float64Tolerance: Double?
    let float32Tolerance: Double?

    private enum CodingKeys: String, CodingKey {
      case float64Tolerance = "suggested_tol_float64"
      case float32Tolerance = "suggested_tol_float32"
    }
  }

  private struct Content: Decodable { let cases: [Case] }

  package let path: String
  package let cases: [Case]

  /// - Throws: `StageError`: `missingInput` if there is no index, `badData` if it cannot be understood.
  package init(directory: String) throws {
    path = (directory as NSString).appendingPathComponent("index.json")
    guard FileManager.default.fileExists(atPath: path) else {
      throw StageError(
        .missingInput, "no reference cases in \(directory)", where: path, why: "there is no such file",
        fix: "name a folder with index.json, for example Tests/Fixtures/golden")
    }
    cases = try JSONText.decode(Content.self, fromFile: path, madeBy: "the script that made the cases").cases
  }

  /// The cases whose file names start with `prefix`.
  ///
  /// - Throws: `StageError` (`missingInput`) if there is none.
  package func cases(startingWith prefix: String) throws -> [Case] {
    let chosen = cases.filter { $0.file.hasPrefix(prefix) }
    guard !chosen.isEmpty else {
      throw StageError(
        .missingInput, "no case starts with \(prefix)", where: path, why: "it lists \(cases.map(\.name).joined(separator: ", "))",
        fix: "choose one of these, or leave --case out")
    }
    return chosen
  }
}

/// Any JSON value: configurations differ from case to case.
package enum JSONValue: Decodable, Sendable {
  case object([String: JSONValue])
  case array([JSONValue])
  case number(Double)
  case text(String)
  case truth(Bool)
  case null

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .truth(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  var number: Double? { if case .number(let value) = self { value } else { nil } }

  var array: [JSONValue] { if case .array(let values) = self { values } else { [] } }

  var text: String? { if case .text(let value) = self { value } else { nil } }
}
