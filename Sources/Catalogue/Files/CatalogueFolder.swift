import Foundation
import RunSupport

/// The files of the catalogue, and which of them an experiment is made of.
struct CatalogueFolder {
  /// How many files may stand in a row, each the base of the next: who reads an experiment must not have to read more.
  static let longestChain = 4

  private let directory: String
  private var layers: [String: CatalogueFile.Layer] = [:]
  /// Ids of experiments.
  private(set) var ids: [String] = []
  /// What is wrong with files that could not be taken, in their order.
  private(set) var problems: [StageError] = []
  /// The same by the names of the files.
  private var broken: [String: StageError] = [:]
  /// Those of them that are experiments.
  private(set) var brokenExperiments: [(id: String, error: StageError)] = []

  /// Reads every file in the folders of a catalogue; one that is wrong stops no other.
  ///
  /// - Throws: `StageError`: `missingInput` without the folder, and what reading a file says that the system does not give.
  init(_ directory: String) throws {
    let manager = FileManager.default
    guard let folders = try? manager.contentsOfDirectory(atPath: directory) else {
      throw StageError(
        .missingInput, "no catalogue of experiments", where: directory, why: "the folder does not exist or may not be read",
        fix: "name the folder with --catalogue, usually Sources/Catalogue/Experiments")
    }
    self.directory = directory
    for folder in folders.sorted() where !folder.hasPrefix(".") && folder != Claim.folder {
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: "\(directory)/\(folder)", isDirectory: &isFolder), isFolder.boolValue else {
        if folder.hasSuffix(".yaml"), ![ExtraData.fileName, Campaign.fileName].contains(folder) {
          problems.append(Self.misplaced(folder, in: directory))
        }
        continue
      }
      let names = try InputFile.names(inFolder: "\(directory)/\(folder)").filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
      for name in names.map({ String($0.dropLast(5)) }) {
        do {
          try add(CatalogueFile(directory: directory, folder: folder, name: name))
        } catch let error as StageError where error.code == .badConfiguration {
          // What is wrong in a file; one that could not be read would make the same command give another result.
          note(error, of: name, isShared: CatalogueFile.sharedFolders.contains(folder))
        }
      }
    }
    for id in broken.keys { layers[id] = nil }
    ids.removeAll { broken[$0] != nil }
    // As if each had a file of its own, in the order of their names: `x-released.yaml` stands before `x.yaml`.
    ids.sort { ($0.prefix { $0 != "-" }, "\($0).yaml") < ($1.prefix { $0 != "-" }, "\($1).yaml") }
  }

  private mutating func note(_ error: StageError, of name: String, isShared: Bool) {
    problems.append(error)
    broken[name] = error
    if !isShared { brokenExperiments.append((name, error)) }
  }

  private static func misplaced(_ name: String, in directory: String) -> StageError {
    StageError(
      .badConfiguration, "\(name) is in no folder of a paper", where: "\(directory)/\(name)",
      why: "experiments lie in the folder of their paper, with whose name their ids begin; nobody reads a file beside these folders",
      fix: "move it to such a folder, also a new one")
  }

  private mutating func add(_ file: CatalogueFile) throws {
    for layer in try file.layers() {
      if let other = layers[layer.id] {
        let error = StageError(
          .badConfiguration, "two experiments or parts are called \(layer.id)", where: "\(directory)/\(file.relativePath)",
          why: "the other one is in \(other.file.relativePath)", fix: "give one of them another name, or hold the names of all axes in `id`"
        )
        // Neither of them is taken.
        note(error, of: layer.id, isShared: file.isShared)
        continue
      }
      layers[layer.id] = layer
      if !file.isShared { ids.append(layer.id) }
    }
  }

  /// What the files say about an experiment, those below first.
  ///
  /// - Throws: `StageError` (`badConfiguration`) for an unknown or broken base, a circle or too long a chain of bases.
  func layers(of id: String) throws -> [CatalogueFile.Layer] { try layers(of: id, for: []) }

  private func layers(of id: String, for users: [CatalogueFile.Layer]) throws -> [CatalogueFile.Layer] {
    let user = users.last.map { "\(directory)/\($0.file.relativePath)" } ?? directory
    guard let layer = layers[id] else {
      if let error = broken[id] { throw error }
      let nearest = NearestName.suggestion(for: id, among: layers.keys)
      throw StageError(
        .badConfiguration, "unknown base \(id)", where: user, why: "it is no experiment, and no file of methods or tasks",
        fix: nearest.map { "did you mean \($0)?" } ?? "name one that `make plan` lists")
    }
    let chain = (users + [layer]).map(\.file.relativePath)
    guard !users.contains(where: { $0.file.relativePath == layer.file.relativePath }) else {
      throw StageError(
        .badConfiguration, "a circle of bases", where: user, why: chain.joined(separator: " → "), fix: "remove one of these bases")
    }
    guard chain.count <= Self.longestChain else {
      throw StageError(
        .badConfiguration, "\(chain.count) files in a row, each the base of the next", where: "\(directory)/\(chain[0])",
        why: "\(chain.joined(separator: " → ")); at most \(Self.longestChain) can still be read as one",
        fix: "base it on one of the later ones")
    }
    return try layer.bases.flatMap { try layers(of: $0, for: users + [layer]) } + [layer]
  }
}
