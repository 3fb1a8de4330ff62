import RunSupport

/// One dataset of `data/sources.yaml`: where its raw files come from.
package struct RawSource: Sendable, Equatable {
  package var dataset: String
  package var title: String
  package var home: String
  package var licence: String
  /// How a person gets the files without this tool.
  package var byHand: String
  package var files: [File]

  /// One raw file; its path below `data/raw/<dataset>/` is its name.
  package struct File: Sendable, Equatable {
    package var name: String
    /// In order of preference; empty for a member of an archive.
    package var urls: [String] = []
    package var bytes: Int?
    package var hash: PublishedHash = .none
    /// Paths below a mirror that may hold exactly this file.
    package var mirror: [String] = []
    /// Paths below a mirror of archives with fewer records, vouched for by the mirror's SHA256SUMS.
    package var subset: [String] = []
    /// Paths below a mirror of other data in the same layout, for loader tests only.
    package var standIn: [String] = []
    /// The archive of the same dataset that contains this file.
    package var memberOf: String?

    package init(name: String) { self.name = name }
  }

  /// The digest that the publisher, or a library that downloads from it, states.
  package enum PublishedHash: Sendable, Equatable {
    case sha256(String)
    case md5(String)
    case none
  }

  package func file(named name: String) throws -> File {
    guard let file = files.first(where: { $0.name == name }) else {
      throw StageError(
        .badConfiguration, "no file \(name) in the sources of \(dataset)", where: "data/sources.yaml, \(dataset).files",
        why: "listed are \(files.map(\.name).joined(separator: ", "))", fix: "restore the entry in data/sources.yaml")
    }
    return file
  }
}
