import Foundation

/// The values of a JSON text by their dotted paths: `training.epochs`; lists count from 1.
package enum JSONLeaves {
  /// Nil if the text is no JSON object.
  package static func values(of data: Data) -> [String: String]? {
    (try? JSONSerialization.jsonObject(with: data) as? [String: Any]).map { leaves($0) }
  }

  private static func leaves(_ value: Any, at path: String = "") -> [String: String] {
    func below(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    let children: [(String, Any)]
    switch value {
    case let object as [String: Any] where !object.isEmpty: children = object.map { ($0.key, $0.value) }
    case let list as [Any] where !list.isEmpty: children = list.enumerated().map { ("\($0.offset + 1)", $0.element) }
    default: return [path: text(value)]
    }
    return children.reduce(into: [:]) { $0.merge(leaves($1.1, at: below($1.0))) { first, _ in first } }
  }

  private static func text(_ value: Any) -> String {
    let data = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "\(value)"
  }
}
