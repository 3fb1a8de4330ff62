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
    let side = AtomicFile.sidePath(of: target)
    try AtomicFile.makeDirectory(side)
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
    if FileManager.default.fileExists(atPath: target) { try remove(target) }
    try AtomicFile.rename(side, to: target)
    try rotate()
  }

  /// Writes the weights of a best epoch and returns the file's name.
  package func saveBest(_ model: any SequenceModel, epoch: Int) throws -> String {
    let name = String(format: "best-epoch-%04d.safetensors", epoch)
    try SafetensorsFile.write(model.weightEntries, to: path(name))
    return name
  }

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
  }

  /// Restores the newest complete checkpoint; nil if there is none. A damaged one is passed over, and leftovers of a crash are removed.
  ///
  /// - Parameters:
  ///   - lastEpoch: a checkpoint of so many epochs needs no more training, so no fingerprint either.
  ///   - force: resume although the numeric fingerprint differs.
  /// - Throws: `StageError` if it belongs to another model or was made under another fingerprint.
  package func restoreNewest(
    into model: any SequenceModel, _ optimizer: Optimizer, lastEpoch: Int, force: Bool = false
  ) throws -> Restored? {
    try removeLeftovers()
    guard let newest = completeCheckpoints().last else { return nil }
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
    return Restored(state: header.state, fingerprintAgrees: agrees)
  }

  package func path(_ name: String) -> String { (directory as NSString).appendingPathComponent(name) }

  /// Complete checkpoints, oldest first.
  private func completeCheckpoints() -> [String] {
    entries().compactMap { name in Self.place(of: name).map { (name: name, place: $0) } }
      .sorted { $0.place < $1.place }.map { path($0.name) }.filter(isComplete)
  }

  /// Epoch and batch of a checkpoint's name, which order checkpoints of any number of digits.
  private static func place(of name: String) -> (epoch: Int, batch: Int)? {
    guard let match = name.wholeMatch(of: /epoch-([0-9]+)-batch-([0-9]+)/), let epoch = Int(match.1), let batch = Int(match.2) else {
      return nil
    }
    return (epoch, batch)
  }

  private func isComplete(_ checkpoint: String) -> Bool {
    guard let text = FileManager.default.contents(atPath: checkpoint + "/DONE"), let expected = try? marker(of: checkpoint) else {
      return false
    }
    return String(decoding: text, as: UTF8.self) == expected
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

  private func rotate() throws {
    let complete = completeCheckpoints()
    for old in complete.dropLast(Self.keptCount) { try remove(old) }
    // An older checkpoint may still name an older best file; both stay until it is rotated out.
    let kept = Set(try complete.suffix(Self.keptCount).compactMap(bestWeights))
    for name in entries() where name.hasPrefix("best-epoch-") && !kept.contains(name) { try remove(path(name)) }
  }

  /// Half-written files and checkpoints that a killed process left.
  private func removeLeftovers() throws {
    for name in entries() where name.hasPrefix(".") && name.hasSuffix(".part") { try remove(path(name)) }
    for name in entries() where name.hasPrefix("epoch-") && !isComplete(path(name)) { try remove(path(name)) }
  }

  private func entries() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] }

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
