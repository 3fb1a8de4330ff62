import Foundation

/// JSON with sorted keys and a final newline, so that equal content gives equal bytes.
package enum JSONText {
  package static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  /// One line, for `.jsonl` logs.
  package static func encodeLine(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  /// Reads a JSON file.
  ///
  /// - Throws: `StageError`: `missingInput` if there is no such file, `badData` if it does not hold a `Value`.
  package static func decode<Value: Decodable>(_ type: Value.Type, fromFile path: String, madeBy command: String) throws -> Value {
    try decode(type, from: try InputFile.data(path, fix: "run \(command)"), of: path, madeBy: command)
  }

  /// The same of a file that was read already.
  package static func decode<Value: Decodable>(
    _ type: Value.Type, from data: Data, of path: String, madeBy command: String
  ) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      throw StageError(
        .badData, "\(path) is not what it should be", where: path, why: describe(error), fix: "delete it and run \(command)")
    }
  }

  private static func describe(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context): "key \(dotted(context.codingPath + [key])) is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "\(dotted(context.codingPath)): \(context.debugDescription)"
    case DecodingError.dataCorrupted(let context): context.debugDescription
    default: "\(error)"
    }
  }

  private static func dotted(_ path: [any CodingKey]) -> String {
    path.map(\.stringValue).joined(separator: ".")
  }
}
