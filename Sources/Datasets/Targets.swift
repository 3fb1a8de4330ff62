import Arrays

/// What the records of a prepared folder are to be mapped to.
enum Targets: Sendable {
  case classes([Int32])
  case real([Float])

  /// - Throws: `StageError` (`badData`) if the file does not fit the card.
  init(_ file: PreparedFile, card: DatasetCard, recordCount: Int) throws {
    let (name, count): (String, Int)
    switch card.targetKind ?? .classes {
    case .classes:
      let labels = try file.integers("labels.npy", below: card.classCount, called: "class")
      (name, count) = ("labels.npy", labels.count)
      self = .classes(labels)
    case .real:
      let targets = try file.finiteNumbers("targets.npy", shape: [recordCount])
      (name, count) = ("targets.npy", targets.count)
      self = .real(targets)
    }
    guard count == recordCount else { throw file.damaged(name, "it holds \(count) labels for \(recordCount) records") }
  }

  /// Targets of chosen records; numbers have shape [records, 1].
  func gather(_ chosen: [Int]) -> Batch.Target {
    switch self {
    case .classes(let labels): .classes(chosen.map { labels[$0] })
    case .real(let targets): .numbers(HostArray([chosen.count, 1], values: chosen.map { targets[$0] }))
    }
  }
}
