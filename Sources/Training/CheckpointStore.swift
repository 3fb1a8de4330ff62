import Arrays
import Foundation
import RunSupport
import SequenceModels

/// The folder with a run's checkpoints: each a subfolder that counts only with its marker, which is written last.
///
/// `epoch-0003-batch-000120/` holds `model.safetensors`, `optimizer.safetensors`, `state.json` and `DONE` (hashes of the three and of the
/// best weights that the state names).
/// `best-epoch-0003.safetensors` holds the weights of the best epoch so far. The newest two checkpoints are kept, so that one is always whole.
package struct CheckpointStore {
  package let directory: String
  /// What decides bits (see `NumericEnvironment`); a checkpoint resumes only under an equal one.
  package let fingerprint: String

  private static let keptCount = 2
  private static let files = ["model.safetensors", "optimizer.safetensors", "state.json"]

  private struct Header: Codable {
    var fingerprint: String
    var state: TrainingState
  }

  package init(directory: String, fingerprint: String) {
    self.directory = directory
    self.fingerprint = fingerprint
  }

  /// Writes a complete checkpoint aside, renames it into place and removes older ones.
  package func save(_ model: any SequenceModel, _ optimizer: Optimizer, _ state: TrainingState) throws {
    let target = path(String(format: "epoch-%04d-batch-%06d", state.epoch, state.batchesDone))
    try AtomicFolder.write(to: target) { try write(model, optimizer, state, to: $0) }
    try rotate(try wholeCheckpoints { _, _ in })
  }

  private func write(_ model: any SequenceModel, _ optimizer: Optimizer, _ state: TrainingState, to side: String) throws {
    try SafetensorsFile.write(model.weightEntries, to: side + "/model.safetensors")
    try SafetensorsFile.write(
      optimizer.moments.flatMap {
        [
          SafetensorsEntry($0.parameter.name + ".exp_avg", $0.first.downloaded()),
          SafetensorsEntry($0.parameter.name + ".exp_avg_sq", $0.second.downloaded()),
        ]
      }, to: side + "/optimizer.safetensors")
    try AtomicFile.write(try JSONText.encode(Header(fingerprint: fingerprint, state: state)), to: side + "/state.json")
    try AtomicFile.write(try marker(of: side), to: side + "/DONE")
  }

  /// Writes the weights of a best epoch and returns the file's name.
  package func saveBest(_ model: any SequenceModel, epoch: Int) throws -> String {
    let name = Self.bestName(epoch: epoch)
    try SafetensorsFile.write(model.weightEntries, to: path(name))
    return name
  }

  /// The name of the file of an epoch's weights, if it was the best so far.
  package static func bestName(epoch: Int) -> String { String(format: "best-epoch-%04d.safetensors", epoch) }

  /// The path of the newest best weights in a folder; nil if it has none.
  package static func bestWeights(in folder: String) -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix("best-epoch-") && $0.hasSuffix(".safetensors") }.max()
      .map { (folder as NSString).appendingPathComponent($0) }
  }

  package struct Restored {
    package let state: TrainingState
    /// False only where a resume was forced, or where nothing but the last evaluation is left to do.
    package let fingerprintAgrees: Bool
    /// The checkpoint's folder.
    package let folder: String
  }

  /// Restores the newest whole checkpoint; nil if there is none. Damaged ones and leftovers of a crash are removed, and older ones than are kept.
  ///
  /// - Parameters:
  ///   - lastEpoch: a checkpoint of so many epochs needs no more training, so no fingerprint either.
  ///   - force: resume although the numeric fingerprint differs.
  ///   - report: told the name of each damaged checkpoint, and what is wrong with it.
  /// - Throws: `StageError`: `badConfiguration` if it was made under another fingerprint, `badData` if it belongs to another model,
  ///   `inputOutput` if a file cannot be read.
  package func restoreNewest(
    into model: any SequenceModel, _ optimizer: Optimizer, lastEpoch: Int, force: Bool = false,
    damaged report: (_ name: String, _ why: String) -> Void = { _, _ in }
  ) throws -> Restored? {
    for name in try entries() where name.hasPrefix(".") && name.hasSuffix(".part") { try remove(path(name)) }
    let whole = try wholeCheckpoints { name, why in
      report(name, why)
      try remove(path(name))
    }
    // A process that was killed behind its last checkpoint has not come to this.
    try rotate(whole)
    guard let newest = whole.last else { return nil }
    let header = try JSONText.decode(Header.self, fromFile: newest + "/state.json", madeBy: "the training again")
    let agrees = header.fingerprint == fingerprint
    guard agrees || force || header.state.epoch >= lastEpoch else {
      throw StageError(
        .badConfiguration, "the checkpoint was made under another numeric fingerprint", where: newest,
        why: "it says \(header.fingerprint), this process has \(fingerprint): the same bits cannot be promised",
        fix: "finish it with the program and machine type that began it, delete the run's folder, or pass --force-resume "
          + "(make: FORCE_RESUME=1)")
    }
    try model.loadWeights(from: newest + "/model.safetensors")
    let file = try SafetensorsFile(path: newest + "/optimizer.safetensors")
    try TensorFile.load(
      optimizer.moments.flatMap {
        [($0.parameter.name + ".exp_avg", $0.first), ($0.parameter.name + ".exp_avg_sq", $0.second)]
      }, from: file, path: newest + "/optimizer.safetensors")
    optimizer.stepCount = header.state.step
    return Restored(state: header.state, fingerprintAgrees: agrees, folder: newest)
  }

  package func path(_ name: String) -> String { (directory as NSString).appendingPathComponent(name) }

  /// Checkpoints that training can go on from, oldest first; `passOver` is told of the others.
  private func wholeCheckpoints(passOver: (_ name: String, _ why: String) throws -> Void) throws -> [String] {
    try entries().compactMap { name in Self.place(of: name).map { (name: name, place: $0) } }
      .sorted { $0.place < $1.place }
      .filter { entry in
        guard let why = try damage(of: path(entry.name)) else { return true }
        try passOver(entry.name, why)
        return false
      }
      .map { path($0.name) }
  }

  /// Epoch and batch of a checkpoint's name, which order checkpoints of any number of digits.
  private static func place(of name: String) -> (epoch: Int, batch: Int)? {
    guard let match = name.wholeMatch(of: /epoch-([0-9]+)-batch-([0-9]+)/), let epoch = Int(match.1), let batch = Int(match.2) else {
      return nil
    }
    return (epoch, batch)
  }

  /// What is wrong with a checkpoint; nil for a whole one.
  ///
  /// - Throws: `StageError` (`inputOutput`) for a file that is there but cannot be read now: that is no reason to give a checkpoint up.
  private func damage(of checkpoint: String) throws -> String? {
    guard FileManager.default.fileExists(atPath: checkpoint + "/DONE") else { return "DONE is missing" }
    let lines = String(decoding: try Self.bytes(of: checkpoint + "/DONE"), as: UTF8.self).split(separator: "\n")
    func damage(of name: String, at path: String) throws -> String? {
      guard FileManager.default.fileExists(atPath: path) else { return "\(name) is missing" }
      let line = "\(try FileHash.hex(ofFile: path))  \(name)"
      return lines.contains { $0 == line } ? nil : "\(name) is not the file that DONE names"
    }
    for name in Self.files {
      if let damage = try damage(of: name, at: checkpoint + "/" + name) { return damage }
    }
    do {
      return try bestWeights(of: checkpoint).flatMap { try damage(of: $0, at: path($0)) }
    } catch let error as StageError where error.code == .badData {
      return "state.json is another version's: \(error.why)"
    }
  }

  /// One line a file: its hash and its name.
  private func marker(of checkpoint: String) throws -> String {
    let files = Self.files.map { (name: $0, path: checkpoint + "/" + $0) }
    let best = try bestWeights(of: checkpoint).map { (name: $0, path: path($0)) }
    return try (files + [best].compactMap { $0 }).map { "\(try FileHash.hex(ofFile: $0.path))  \($0.name)\n" }.joined()
  }

  /// The file of best weights that a checkpoint names.
  private func bestWeights(of checkpoint: String) throws -> String? {
    try JSONText.decode(Header.self, fromFile: checkpoint + "/state.json", madeBy: "the training again").state.best?.weights
  }

  /// Removes all but the newest whole checkpoints, and the weights of best epochs that none of them names.
  private func rotate(_ whole: [String]) throws {
    for old in whole.dropLast(Self.keptCount) { try remove(old) }
    // An older checkpoint may still name an older best file; both stay until it is rotated out.
    let kept = Set(try whole.suffix(Self.keptCount).compactMap(bestWeights))
    for name in try entries() where name.hasPrefix("best-epoch-") && !kept.contains(name) { try remove(path(name)) }
  }

  private static func bytes(of path: String) throws -> Data {
    guard let bytes = FileManager.default.contents(atPath: path) else { throw AtomicFile.failure("read a file", path) }
    return bytes
  }

  private func entries() throws -> [String] { try InputFile.names(inFolder: directory) }

  private func remove(_ path: String) throws {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw StageError(
        .inputOutput, "cannot remove an old checkpoint", where: path, why: error.localizedDescription,
        fix: "check the permissions of the run folder")
    }
  }
}
