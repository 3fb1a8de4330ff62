import RunSupport
import Yams

/// The parsed `data/sources.yaml`.
package struct SourceList: Sendable {
  private let path: String
  private let sources: [RawSource]

  /// Reads the list.
  ///
  /// - Throws: `StageError`: `missingInput` if there is no file; `badConfiguration` for bad YAML, an unknown or missing key or a
  ///   malformed value, with line and the nearest known key.
  package init(file path: String) throws {
    let data = try InputFile.data(path, fix: "run from the top folder of the project, or pass --sources FILE")
    try self.init(yaml: String(decoding: data, as: UTF8.self), path: path)
  }

  package init(yaml: String, path: String) throws {
    self.path = path
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml)
    } catch {
      throw StageError(.badConfiguration, "\(path) is not valid YAML", where: path, why: "\(error)", fix: "correct the file")
    }
    guard let mapping = root?.mapping else {
      throw StageError(
        .badConfiguration, "\(path) lists no dataset", where: path, why: "its top level is no mapping of dataset names",
        fix: "restore the file")
    }
    sources = try mapping.map { key, value in
      try Self.source(named: key.string ?? "", YAMLSection(value, file: path, name: key.string ?? "?"))
    }
  }

  /// The entry of a dataset.
  package func source(_ dataset: String) throws -> RawSource {
    guard let source = sources.first(where: { $0.dataset == dataset }) else {
      let nearest = NearestName.suggestion(for: dataset, among: sources.map(\.dataset))
      throw StageError(
        .badConfiguration, "no dataset \(dataset) in \(path)", where: path,
        why: "listed are \(sources.map(\.dataset).joined(separator: ", "))" + (nearest.map { "; did you mean \($0)?" } ?? ""),
        fix: "add an entry for it")
    }
    return source
  }

  private static func source(named dataset: String, _ section: YAMLSection) throws -> RawSource {
    try section.allowOnly(["title", "home", "licence", "byHand", "files"])
    return RawSource(
      dataset: dataset, title: try section.string("title"), home: try section.string("home"),
      licence: try section.string("licence"), byHand: try section.string("byHand"),
      files: try section.sections("files").map(file))
  }

  private static func file(_ section: YAMLSection) throws -> RawSource.File {
    try section.allowOnly(["name", "urls", "bytes", "sha256", "md5", "hash", "mirror", "subset", "standIn", "memberOf"])
    var file = RawSource.File(name: try section.string("name"))
    file.bytes = try section.optionalInteger("bytes")
    file.hash = try publishedHash(section)
    file.urls = try section.strings("urls")
    if let other = file.urls.first(where: { url in !TransferPolicy.schemes.contains { url.lowercased().hasPrefix("\($0)://") } }) {
      throw section.failure("urls must begin with https://, http:// or file://, found \(other)")
    }
    file.mirror = try section.strings("mirror")
    file.subset = try section.strings("subset")
    file.standIn = try section.strings("standIn")
    file.memberOf = try section.optionalString("memberOf")
    return file
  }

  /// Exactly one of the three keys, so that "no hash" is always said and never forgotten.
  private static func publishedHash(_ section: YAMLSection) throws -> RawSource.PublishedHash {
    let sha256 = try section.optionalString("sha256")
    let md5 = try section.optionalString("md5")
    let statement = try section.optionalString("hash")
    switch (sha256, md5, statement) {
    case (let digest?, nil, nil) where isHexadecimal(digest, count: 64): return .sha256(digest.lowercased())
    case (nil, let digest?, nil) where isHexadecimal(digest, count: 32): return .md5(digest.lowercased())
    case (nil, nil, "none published"): return .none
    default:
      throw section.failure("needs exactly one of sha256 (64 digits), md5 (32 digits) or `hash: none published`")
    }
  }

  private static func isHexadecimal(_ text: String, count: Int) -> Bool {
    text.count == count && text.allSatisfy(\.isHexDigit)
  }
}
