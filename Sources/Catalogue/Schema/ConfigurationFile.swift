import RunSupport
import Yams

/// A YAML (or JSON) file as a tree whose nodes know their line, for messages.
struct ConfigurationFile {
  let path: String
  let root: ConfigurationNode

  /// - Throws: `StageError`: `missingInput` if the file cannot be read, `badConfiguration` if it is not YAML or not a mapping.
  init(path: String, fix: String) throws {
    guard let text = String(data: try InputFile.data(path, fix: fix), encoding: .utf8) else {
      throw StageError(
        .badConfiguration, "\(path) is no text", where: path, why: "its bytes are not UTF-8", fix: "save it as UTF-8, or remove it")
    }
    try self.init(text: text, path: path)
  }

  init(text: String, path: String) throws {
    self.path = path
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      throw StageError(
        .badConfiguration, "\(path) is not valid YAML", where: path, why: Self.reason(of: error),
        fix: "correct the line that is named above")
    }
    root = ConfigurationNode(try node.map { try ConfigurationTree($0, file: path) } ?? ConfigurationTree([], in: path))
  }

  private static func reason(of error: any Error) -> String {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      "\(problem), line \(mark.line), column \(mark.column)"
    case YamlError.reader(let problem, let offset, _, _): "\(problem)\(offset.map { ", byte \($0)" } ?? "")"
    case YamlError.duplicatedKeysInMapping(let duplicates, let context):
      "the key \(duplicates.joined(separator: ", ")) appears twice in the mapping of line \(context.mark.line)"
    default: "\(error)"
    }
  }
}
