/// How large the pictures of an archive are, for the remarks of a card.
struct SourceSizes {
  private var counts: [Size: Int] = [:]

  private struct Size: Hashable {
    let width: Int
    let height: Int
  }

  private static let official = Size(width: 178, height: 218)

  mutating func add(width: Int, height: Int) { counts[Size(width: width, height: height), default: 0] += 1 }

  var areOfficial: Bool { counts.keys.allSatisfy { $0 == Self.official } }

  /// A remark for each size that is not the set's own.
  var notes: [String] {
    counts.filter { $0.key != Self.official }.sorted { ($0.key.width, $0.key.height) < ($1.key.width, $1.key.height) }.map { size, count in
      let side = min(FacePicture.cropSide, size.width, size.height)
      return "\(count) pictures have \(size.width)×\(size.height) pixels instead of 178×218: the middle \(side)×\(side) were taken"
    }
  }
}
