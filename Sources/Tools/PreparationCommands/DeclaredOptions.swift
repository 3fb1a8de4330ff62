import ArgumentParser

/// An option that is known only when the program runs.
package enum DeclaredOption {
  case number(String, ArgumentHelp)
  /// A text that must be one of the values.
  case text(String, ArgumentHelp, values: [String])
  case flag(String, ArgumentHelp)

  fileprivate var name: String {
    switch self {
    case .number(let name, _), .text(let name, _, _), .flag(let name, _): name
    }
  }

  /// What a declared property of this kind holds before parsing.
  fileprivate var property: Any {
    switch self {
    case .number(_, let help): Option<Int?>(help: help)
    case .text(_, let help, let values): Option<String?>(help: help) { try Self.checked($0, values) }
    case .flag(_, let help): Flag<Bool>(wrappedValue: false, help: help)
    }
  }

  private static func checked(_ text: String, _ values: [String]) throws -> String {
    guard values.contains(text) else {
      let quoted = values.map { "'\($0)'" }
      throw ValidationError("Please provide one of \(quoted.dropLast().joined(separator: ", ")) or \(quoted.last ?? "").")
    }
    return text
  }
}

/// Who declares options, for instance a family of data for its tool.
package protocol OptionSource {
  static var options: [DeclaredOption] { get }
}

/// The options of a source, which the parser takes for properties.
///
/// The parser finds a command's options by reflection and fills them by decoding. Both are written by hand here, so that names, help
/// and errors are those of any other option.
package struct DeclaredOptions<Source: OptionSource>: ParsableArguments, CustomReflectable {
  package private(set) var numbers: [String: Int] = [:]
  /// Texts; for a flag that is given `true`.
  package private(set) var texts: [String: String] = [:]

  package init() {}

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for option in Source.options {
      let key = Key(stringValue: option.name)
      switch option {
      case .number: numbers[option.name] = try container.decode(Option<Int?>.self, forKey: key).wrappedValue
      case .text: texts[option.name] = try container.decode(Option<String?>.self, forKey: key).wrappedValue
      case .flag: texts[option.name] = try container.decode(Flag<Bool>.self, forKey: key).wrappedValue ? "true" : nil
      }
    }
  }

  package var customMirror: Mirror { Mirror(self, children: Source.options.map { (label: $0.name, value: $0.property) }) }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
