/// A verdict as a template shows it: by a sign, a colour and a word.
struct VerdictView {
  let sign: String
  /// Names the colour in the page's style.
  let kind: String
  let word: String
  /// What stands behind the word: the difference, and what could have been seen.
  let detail: String

  /// Nil unless both sides have a number.
  init?(_ record: ResultRecord) {
    guard let judgement = record.judgement else { return nil }
    let verdict = judgement.verdict
    (sign, kind) =
      switch verdict {
      case .better: ("▲", "better")
      case .worse: ("▼", "worse")
      case .within: ("≈", "within")
      default: ("○", "none")
      }
    word = record.verdictText
    let difference = (judgement.difference < 0 ? "−" : "+") + record.text(abs(judgement.difference))
    let smallest = judgement.smallestDifference.map { verdict.isWord ? ", smallest to be seen \(record.text($0))" : "" } ?? ""
    let marks = judgement.marks.contains("assumed") ? " (assumed)" : ""
    detail = difference + smallest + marks
  }
}
