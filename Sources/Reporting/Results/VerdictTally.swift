import Foundation
import RunSupport

/// The words of a page together. A result that answers several published cells is compared once.
struct VerdictTally {
  private let judged: [ResultRecord]
  private let cellCount: Int

  init(_ records: [ResultRecord]) {
    let answering = records.filter { $0.judgement != nil }
    judged = answering.unique { "\($0.result?.experiment.id ?? "") \($0.probe ?? "")" }
    cellCount = answering.filter(Self.isCounted).count
  }

  private static func isCounted(_ record: ResultRecord) -> Bool {
    record.judgement.map { $0.verdict.isWord && !$0.isOurReading } ?? false
  }

  /// Whole sentences for the end of a page; none where nothing is beside a published number.
  var sentences: [String] {
    guard !judged.isEmpty else { return [] }
    let counted = judged.filter(Self.isCounted)
    let readings = judged.filter { $0.judgement?.isOurReading == true }.count
    let falseWords = String(format: "%.2g", DifferenceError.falseShare * Double(counted.count))
    let share = String(format: "%.0f %%", 100 * DifferenceError.falseShare)
    var sentences = [
      counted.isEmpty
        ? "No result is compared."
        : "Compared: \(Self.count(counted.count, "result")) in \(Self.count(cellCount, "published cell")), "
          + "\(list(counted)); of these \(falseWords) would be better or worse by chance alone if nothing differed (\(share))."
    ]
    if readings > 0 {
      sentences.append(
        "\(Self.count(readings, "more word")) \(readings == 1 ? "rests" : "rest") on a reading of ours and \(readings == 1 ? "is" : "are") "
          + "counted in no sum.")
    }
    let silent = judged.filter { $0.judgement?.verdict.isWord == false }
    if !silent.isEmpty { sentences.append("No word: \(list(silent)).") }
    if judged.contains(where: { $0.judgement?.marks.contains("assumed") == true }) {
      sentences.append("Assumed: the paper prints no deviation, and its runs are taken to scatter as ours do.")
    }
    if judged.contains(where: { $0.judgement?.reservation.isEmpty == false }) {
      sentences.append(
        "BIDMC: windows of one patient depend on each other, so the error of the test set is a lower bound, and better or worse comes more "
          + "often by chance.")
    }
    return sentences
  }

  /// `10 within, 1 worse`.
  private func list(_ records: [ResultRecord]) -> String {
    Verdict.allCases.compactMap { verdict in
      let count = records.filter { $0.judgement?.verdict == verdict }.count
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }.joined(separator: ", ")
  }

  private static func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }
}
