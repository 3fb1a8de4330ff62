import Foundation
import RunSupport

/// What decides a claim, written down before the runs: comparisons that must all hold, each with the error of decision 24.
package struct ClaimRule: Sendable, Equatable, Encodable {
  /// One quantity must be smaller than another one.
  package struct Check: Sendable, Equatable, Encodable {
    package let smaller: ClaimQuantity
    package let larger: ClaimQuantity
    /// By which factor `larger` must exceed `smaller`; nil for 1.
    package let times: Double?
    /// By how much it must exceed it besides; nil for 0.
    package let by: Double?
    /// Whether both may be equal, which only exact numbers can be.
    package let orEqual: Bool?
  }

  /// Of the runs that it reads; nil if it reads none.
  package let preset: Preset?
  /// How many seeds each experiment needs.
  package let seeds: Int
  package let checks: [Check]

  private enum Key: String, CaseIterable { case preset, seeds, checks }
  private enum CheckKey: String, CaseIterable { case smaller, larger, times, by, orEqual }

  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    preset = try section.optional(.preset)?.choice(Preset.self)
    seeds = try section.optional(.seeds)?.integer("2 or more: a statement on trained models needs them") { $0 > 1 } ?? 0
    checks = try section[.checks].list().map { node in
      let section = try node.section(CheckKey.self)
      return Check(
        smaller: try ClaimQuantity(reading: section[.smaller]), larger: try ClaimQuantity(reading: section[.larger]),
        times: try section.optional(.times)?.number("above 0") { $0 > 0 }, by: try section.optional(.by)?.number("a number") { _ in true },
        orEqual: try section.optional(.orEqual)?.flag())
    }
    guard !checks.isEmpty, experiments.isEmpty == (preset == nil), experiments.isEmpty == (seeds == 0) else {
      throw StageError(
        .badConfiguration, "a rule that cannot decide", where: node.location,
        why: "it needs `checks`, and with runs also `preset` and `seeds`; without runs neither", fix: "complete it")
    }
  }

  /// Ids of the experiments whose runs it reads.
  package var experiments: [String] { checks.flatMap { [$0.smaller, $0.larger] }.flatMap(\.experiments).unique() }

  /// What the summaries of runs and shipped analytic tables note, so that a rule that came after them is seen.
  package var sha256: String {
    // Encoding numbers and texts cannot fail.
    FileHash.hex(of: Data(((try? JSONText.encode(self)) ?? "").utf8))
  }
}
