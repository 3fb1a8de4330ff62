import Foundation
import TestSupport

/// The tables of `docs/checkpoints.md`: which arrays a file of weights holds, under which names and shapes.
///
/// A cell of the page may hold several names in back quotes, which share one shape or have one each, and words between shapes that say when
/// a shape holds; a name stands for an array if any of its shapes fits.
struct CheckpointPage {
  struct Entry {
    /// Name as the page writes it: `s4_layers.<i>.D`.
    var name: String
    /// Sizes by letter, number or product of both: `["2H", "H"]`; one list for each possible shape.
    var shapes: [[String]]
  }

  /// Names behind `kernel.`, by variant: `DFouT`.
  private(set) var systems: [String: [Entry]] = [:]
  /// Everything around the systems.
  private(set) var model: [Entry] = []

  init() throws {
    var variant = ""
    for line in try String(contentsOfFile: Fixtures.repository + "/docs/checkpoints.md", encoding: .utf8).split(separator: "\n")
    where line.hasPrefix("|") {
      let cells = line.replacingOccurrences(of: "\\|", with: "/").split(separator: "|", omittingEmptySubsequences: false)
        .dropFirst().dropLast().map { $0.trimmingCharacters(in: .whitespaces) }
      if cells.count == 3 { model += Self.entries(cells[0], shapes: cells[1]) }
      if cells.count == 4 {
        if !cells[0].isEmpty { variant = cells[0] }
        let found = Self.entries(cells[1], shapes: cells[2])
        // "as S4D full, without `B`"
        let copied = cells[1].hasPrefix("as S4D full") ? (systems["S4D, full"] ?? []).filter { $0.name != "B" } : found
        systems[variant, default: []] += copied
      }
    }
  }

  private static func entries(_ names: String, shapes: String) -> [Entry] {
    let names = names.matches(of: /`([^`]+)`/).map { String($0.1) }
    let shapes = shapes.matches(of: /\[([^\]]+)\]/).map { $0.1.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    return names.map { name in
      // `.bias` behind `a.weight` is `a.bias`.
      let stem = names[0].hasSuffix("weight") && name.hasPrefix(".") ? String(names[0].dropLast(".weight".count)) : ""
      return Entry(name: stem + name, shapes: shapes)
    }
  }
}

extension CheckpointPage.Entry {
  /// Whether an array under this name may have this shape.
  ///
  /// - Parameter sizes: what the letters stand for.
  func fits(_ shape: [Int], sizes: [String: Int]) -> Bool {
    shapes.contains { $0.map { Self.size($0, sizes) } == shape }
  }

  /// `2H` with H = 4 is 8.
  private static func size(_ text: String, _ sizes: [String: Int]) -> Int? {
    let digits = text.prefix { $0.isNumber }
    let letters = String(text.dropFirst(digits.count))
    if letters.isEmpty { return Int(digits) }
    return sizes[letters].map { $0 * (Int(digits) ?? 1) }
  }

  /// Whether this is the name of an array, `<i>` being any number.
  func matches(_ array: String) -> Bool {
    let (expected, found) = (name.split(separator: "."), array.split(separator: "."))
    return expected.count == found.count && zip(expected, found).allSatisfy { $0 == $1 || ($0 == "<i>" && $1.allSatisfy(\.isNumber)) }
  }
}
