extension Sequence where Element: Hashable {
  /// Each element once, where it appears first.
  package func unique() -> [Element] { unique(by: { $0 }) }
}

extension Sequence {
  /// The first element of each key.
  package func unique<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
    var seen: Set<Key> = []
    return filter { seen.insert(key($0)).inserted }
  }
}
