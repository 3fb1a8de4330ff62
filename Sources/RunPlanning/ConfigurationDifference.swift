import Foundation

/// The values in which two JSON texts differ, such as `training.epochs 5 → 7`.
package enum ConfigurationDifference {
  /// A line per value, ordered by its path; empty for equal content. Nil if one of them is no JSON object.
  package static func lines(from old: Data, to new: Data) -> [String]? {
    guard let old = try? JSONSerialization.jsonObject(with: old) as? [String: Any],
      let new = try? JSONSerialization.jsonObject(with: new) as? [String: Any]
    else { return nil }
    let (before, after) = (leaves(old), leaves(new))
    return Set(before.keys).union(after.keys).sorted().compactMap { key in
      let (was, now) = (before[key], after[key])
      return was == now ? nil : "\(key) \(was ?? "(absent)") → \(now ?? "(absent)")"
    }
  }

  /// Every value by its dotted path; lists count from 1.
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
