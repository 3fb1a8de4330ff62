/// What a change does that is null.
enum NullChange {
  /// It takes the value away, and stays where there is none, so that reading finds keys that do not exist.
  case removes
  /// It stays, for a later merge.
  case stays
}

extension ConfigurationTree {
  /// This value with another one merged into it: mappings key by key, while numbers, texts and lists are replaced.
  ///
  /// A mapping whose `kind` is another one has other keys, so it is replaced too.
  func merged(with change: ConfigurationTree, null: NullChange) -> ConfigurationTree {
    guard case .mapping(let old) = content, case .mapping(let changes) = change.content, !isOtherKind(change) else { return change }
    var entries = old
    for entry in changes {
      guard let index = entries.firstIndex(where: { $0.key == entry.key }) else {
        entries.append(entry)
        continue
      }
      if entry.value.isNull && null == .removes {
        entries.remove(at: index)
      } else {
        entries[index].value = entries[index].value.merged(with: entry.value, null: null)
      }
    }
    var result = change
    result.content = .mapping(entries)
    return result
  }

  private func isOtherKind(_ other: ConfigurationTree) -> Bool {
    guard let kind = self["kind"]?.scalar, let otherKind = other["kind"]?.scalar else { return false }
    return kind != otherKind
  }

  /// Values that are no mapping, and empty mappings, with their dotted paths.
  func leaves(_ path: String = "") -> [(path: String, value: ConfigurationTree)] {
    guard case .mapping(let entries) = content, !entries.isEmpty else { return [(path, self)] }
    return entries.flatMap { $0.value.leaves(path.isEmpty ? $0.key : "\(path).\($0.key)") }
  }

  /// The value under a dotted path.
  func value(at path: some StringProtocol) -> ConfigurationTree? {
    path.split(separator: ".").reduce(self) { tree, key in tree?[String(key)] }
  }

  /// A mapping that holds a value under a dotted path alone.
  func nested(under path: String) -> ConfigurationTree {
    path.split(separator: ".").reversed().reduce(self) { tree, key in
      var value = tree
      value.keyLine = keyLine
      return ConfigurationTree([Entry(key: String(key), value: value)], in: file, line: line)
    }
  }

  /// A mapping with one of its values changed, if it has it.
  func replacing(_ key: String, _ change: (ConfigurationTree) throws -> ConfigurationTree) rethrows -> ConfigurationTree {
    guard case .mapping(var entries) = content, let index = entries.firstIndex(where: { $0.key == key }) else { return self }
    entries[index].value = try change(entries[index].value)
    var copy = self
    copy.content = .mapping(entries)
    return copy
  }

  /// This tree with every text changed.
  func mappingTexts(_ change: (ConfigurationTree, String) throws -> String) rethrows -> ConfigurationTree {
    var copy = self
    switch content {
    case .scalar(let text, let isPlain): copy.content = .scalar(try change(self, text), isPlain: isPlain)
    case .list(let values): copy.content = .list(try values.map { try $0.mappingTexts(change) })
    case .mapping(let entries): copy.content = .mapping(try entries.map { Entry(key: $0.key, value: try $0.value.mappingTexts(change)) })
    }
    return copy
  }
}
