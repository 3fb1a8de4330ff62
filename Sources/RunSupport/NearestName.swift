/// Suggestions for misspelt names.
package enum NearestName {
  /// The candidate with the smallest edit distance to `name`, if that is at most a third of its length (at least 2).
  package static func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
    let limit = max(2, name.count / 3)
    return
      candidates
      .map { (candidate: $0, distance: distance(name, $0)) }
      .filter { $0.distance <= limit }
      .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?
      .candidate
  }

  /// Levenshtein distance, letter case ignored.
  static func distance(_ first: String, _ second: String) -> Int {
    let a = Array(first.lowercased())
    let b = Array(second.lowercased())
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in b.enumerated() {
        let substitution = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substitution, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
