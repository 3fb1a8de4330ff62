/// ListOps in its released textual form, written without a look at the library: a parser, an evaluator and a printer of nested parentheses.
enum ListOpsReference {
  indirect enum Node {
    case digit(Int)
    case operation(String, [Node])
  }

  /// Reads `[MAX 2 9 ]`-like words, parentheses already removed; nil if they form no single expression.
  static func parse(_ words: [String]) -> Node? {
    var rest = words[...]
    guard let node = expression(&rest), rest.isEmpty else { return nil }
    return node
  }

  static func value(_ node: Node) -> Int {
    switch node {
    case .digit(let digit): return digit
    case .operation(let name, let arguments):
      let values = arguments.map(value).sorted()
      let middle = values.count / 2
      switch name {
      case "[MIN": return values[0]
      case "[MAX": return values[values.count - 1]
      case "[MED": return Int(values.count % 2 == 1 ? Double(values[middle]) : Double(values[middle - 1] + values[middle]) / 2)
      default: return values.reduce(0, +) % 10
      }
    }
  }

  static func depth(_ node: Node) -> Int {
    if case .operation(_, let arguments) = node { return 1 + (arguments.map(depth).max() ?? 0) }
    return 1
  }

  /// Argument counts of all operators.
  static func argumentCounts(_ node: Node) -> [Int] {
    guard case .operation(_, let arguments) = node else { return [] }
    return [arguments.count] + arguments.flatMap(argumentCounts)
  }

  /// The released form: operator and arguments nested as pairs, `( ( ( [MAX 3 ) 4 ) ] )`.
  static func text(_ node: Node) -> String {
    switch node {
    case .digit(let digit): String(digit)
    case .operation(let name, let arguments): (arguments.map(text) + ["]"]).reduce(name) { "( \($0) \($1) )" }
    }
  }

  private static func expression(_ rest: inout ArraySlice<String>) -> Node? {
    guard let word = rest.popFirst() else { return nil }
    if let digit = Int(word), (0...9).contains(digit) { return .digit(digit) }
    guard ["[MIN", "[MAX", "[MED", "[SM"].contains(word) else { return nil }
    var arguments: [Node] = []
    while let next = rest.first, next != "]" {
      guard let argument = expression(&rest) else { return nil }
      arguments.append(argument)
    }
    return rest.popFirst() == nil ? nil : .operation(word, arguments)
  }
}
