import Foundation
import RunSupport

/// Brings the raw files of a dataset together: those at hand, else from a mirror, else from the network; all verified alike.
///
/// A failure leaves every earlier file and the receipt as they were.
package struct RawCollector {
  private let source: RawSource
  private let folder: String
  private let mirror: Mirror?
  private let receipt: Receipt?
  private let refused: RefusedFiles
  /// Take data of another task in the same layout, for loader tests.
  package var allowStandIns = false
  package var policy = TransferPolicy()
  /// Called with a line for the user.
  package var report: (String) -> Void = { _ in }
  /// Called with name, bytes so far and the expected total during a download.
  package var progress: (String, Int, Int?) -> Void = { _, _, _ in }

  /// - Throws: `StageError`: `missingInput` if the mirror is no folder, `badData` if the folder's receipt is damaged.
  package init(source: RawSource, folder: String, mirror: String?) throws {
    self.source = source
    self.folder = folder
    self.mirror = try mirror.map(Mirror.init)
    receipt = try Receipt.existing(in: folder, madeBy: RawDownload.command(for: source.dataset))
    refused = RefusedFiles.existing(in: folder)
  }

  /// Obtains files and writes the receipt.
  ///
  /// - Parameter names: files of the source. Members of an archive are used if all are at hand or in the mirror; otherwise the archive is.
  /// - Returns: the entries of what was obtained.
  /// - Throws: `StageError` as of `Verification` and `Download`.
  package func collect(_ names: [String]) throws -> [Receipt.Entry] {
    let files = try names.map(source.file(named:))
    var entries: [Receipt.Entry] = []
    var archives: [String] = []
    for file in files {
      if let entry = try obtain(file) {
        entries.append(entry)
      } else if let archive = file.memberOf, !archives.contains(archive) {
        archives.append(archive)
      }
    }
    if !archives.isEmpty {
      entries = try archives.map(source.file(named:)).compactMap(obtain)
    }
    let others = (receipt?.files ?? []).filter { old in !entries.contains { $0.name == old.name } && !names.contains(old.name) }
    let all = (others + entries).sorted { $0.name < $1.name }
    try Receipt(dataset: source.dataset, files: all).write(in: folder)
    try refused.keepOnly(all, in: folder)
    for entry in entries { PartNote.remove(for: path(entry.file)) }
    return entries
  }

  /// One file, or nil for a member of an archive that is nowhere by itself.
  private func obtain(_ file: RawSource.File) throws -> Receipt.Entry? {
    if let entry = try present(file) { return entry }
    if let entry = try mirrored(file) { return entry }
    return file.memberOf == nil ? try downloaded(file) : nil
  }

  /// An official file that lies in the raw folder already, from an earlier download or placed by hand.
  private func present(_ file: RawSource.File) throws -> Receipt.Entry? {
    guard FileManager.default.fileExists(atPath: path(file.name)) else { return nil }
    let result = try verification(of: file).check(path(file.name))
    if let reason = refused[result.sha256] {
      report("note: \(path(file.name)) could not be prepared (\(reason)): delete it to have it fetched again")
    }
    if let old = receipt?[file.name], old.official, old.sha256 == result.sha256 {
      report("\(path(file.name)): already there, \(result.bytes) bytes")
      return old
    }
    // A download that was stopped before its receipt.
    let note = PartNote.existing(for: path(file.name)).flatMap { $0.sha256 == result.sha256 ? $0 : nil }
    let origin = note?.url ?? "placed by hand"
    report("\(path(file.name)): \(note == nil ? origin : "from \(origin)"), \(result.bytes) bytes, verified by \(result.verifiedBy)")
    return entry(file, at: file.name, result, origin: origin)
  }

  private func mirrored(_ file: RawSource.File) throws -> Receipt.Entry? {
    guard let mirror else { return nil }
    if let found = mirror.first(of: file.mirror) {
      let result = try verification(of: file).check(mirror.full(found))
      return try copy(found, from: mirror, as: file.name, entry(file, at: file.name, result, origin: "mirror: \(found)"), result)
    }
    if let found = mirror.first(of: file.subset) {
      let name = (found as NSString).lastPathComponent
      let result = try mirror.vouch(for: found)
      var entry = entry(file, at: name, result, origin: "mirror: \(found)")
      entry.official = false
      report("note: \(mirror.full(found)) is a subset; what is made of it is marked unofficial")
      return try copy(found, from: mirror, as: name, entry, result)
    }
    if let found = mirror.first(of: file.standIn) {
      guard allowStandIns else {
        report("note: \(mirror.full(found)) is a stand-in for loader tests and not used (--allow-stand-ins)")
        return nil
      }
      let name = "stand-in/" + (found as NSString).lastPathComponent
      let result = try mirror.vouch(for: found)
      var entry = entry(file, at: name, result, origin: "mirror: \(found)")
      (entry.official, entry.standIn) = (false, true)
      return try copy(found, from: mirror, as: name, entry, result)
    }
    return nil
  }

  private func copy(
    _ found: String, from mirror: Mirror, as name: String, _ entry: Receipt.Entry, _ result: Verification.Result
  ) throws -> Receipt.Entry {
    let isThere = FileManager.default.fileExists(atPath: path(name))
    if try !isThere || FileHash.hex(ofFile: path(name)) != result.sha256 {
      try mirror.copy(found, to: path(name), verified: result)
    }
    report("\(path(name)): from the mirror, \(result.bytes) bytes, verified by \(result.verifiedBy)")
    return entry
  }

  private func downloaded(_ file: RawSource.File) throws -> Receipt.Entry {
    var errors: [StageError] = []
    for url in file.urls {
      report("\(path(file.name)): from \(url)")
      let download = Download(
        url: url, destination: path(file.name), verification: verification(of: file), policy: policy,
        progress: { progress(file.name, $0, $1) })
      do {
        let result = try download.run()
        report("\(path(file.name)): \(result.bytes) bytes, verified by \(result.verifiedBy)")
        return entry(file, at: file.name, result, origin: url)
      } catch let error as StageError where error.code != .inputOutput || error.location == url {
        errors.append(error)
      }
    }
    throw Self.combined(errors) ?? nowhere(file)
  }

  /// One error for several sources: that one itself, or all reasons under the code that says most about another attempt.
  private static func combined(_ errors: [StageError]) -> StageError? {
    guard var error = errors.first(where: { $0.code == .retryLater }) ?? errors.last else { return nil }
    if errors.count > 1 { error.why = errors.map { "\($0.location): \($0.why)" }.joined(separator: "\n         ") }
    return error
  }

  private func nowhere(_ file: RawSource.File) -> StageError {
    StageError(
      .missingInput, "no source has \(file.name)", where: "data/sources.yaml, \(source.dataset)", why: "it lists no address for the file",
      fix: advice(file))
  }

  private func entry(_ file: RawSource.File, at name: String, _ result: Verification.Result, origin: String) -> Receipt.Entry {
    if let old = earlierEntry(of: file), old.sha256 != result.sha256, result.verifiedBy == Verification.firstDownload {
      report("note: \(path(name)) differs from the earlier copy (sha256 \(old.sha256), now \(result.sha256)), and no hash is published")
    }
    return Receipt.Entry(
      name: file.name, file: name, sha256: result.sha256, bytes: result.bytes, origin: origin, verifiedBy: result.verifiedBy,
      official: true, standIn: false)
  }

  /// The hash of a first download binds as long as its file lies there and preparation could read it. Of a file that the user deleted a
  /// first download begins anew.
  private func verification(of file: RawSource.File) -> Verification {
    var verification = Verification(file: file, advice: advice(file), report: report)
    if let old = earlierEntry(of: file), FileManager.default.fileExists(atPath: path(old.file)), refused[old.sha256] == nil {
      verification.recorded = (old.sha256, "the entry \(file.name) of \(Receipt.path(in: folder))")
    }
    return verification
  }

  private func earlierEntry(of file: RawSource.File) -> Receipt.Entry? { receipt?[file.name].flatMap { $0.official ? $0 : nil } }

  private func advice(_ file: RawSource.File) -> String {
    """
    run \(RawDownload.command(for: source.dataset)) again, after deleting a bad copy; with MIRROR=dir if a folder holds a good one; or by hand: \
    \(source.byHand) \
    (\(source.home)), as \(path(file.name))
    """
  }

  private func path(_ name: String) -> String { (folder as NSString).appendingPathComponent(name) }
}
