import Foundation
import RunSupport

/// The values in which two JSON texts differ, such as `training.epochs 5 → 7`.
package enum ConfigurationDifference {
  /// A line per value, ordered by its path; empty for equal content. Nil if one of them is no JSON object.
  package static func lines(from old: Data, to new: Data) -> [String]? {
    guard let before = JSONLeaves.values(of: old), let after = JSONLeaves.values(of: new) else { return nil }
    return Set(before.keys).union(after.keys).sorted().compactMap { key in
      let (was, now) = (before[key], after[key])
      return was == now ? nil : "\(key) \(was ?? "(absent)") → \(now ?? "(absent)")"
    }
  }
}
