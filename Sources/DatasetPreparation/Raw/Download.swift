import Foundation
import RunSupport

/// Fetches one file from one address: to `*.part`, continued after interruptions, verified, renamed.
struct Download {
  let url: String
  let destination: String
  let verification: Verification
  let policy: TransferPolicy
  let progress: (Int, Int?) -> Void

  private var part: String { destination + ".part" }

  /// Leaves the file's note, for the caller to remove once the receipt is written.
  ///
  /// - Throws: `StageError`: `retryLater` if the source stays unreachable (the part is kept), `missingInput` if it has no such file,
  ///   `badData` for a web page or wrong bytes (the part is removed), `inputOutput` if nothing can be written.
  func run() throws -> Verification.Result {
    try AtomicFile.makeDirectory((destination as NSString).deletingLastPathComponent)
    let continued = partSize > 0
    var isFinished = false
    defer {
      if !isFinished && partSize == 0 {
        unlink(part)
        PartNote.remove(for: destination)
      }
    }
    let result: Verification.Result
    do {
      try transfer()
      result = try finish()
    } catch let error as StageError where error.code == .badData && continued {
      // The earlier part may be of another version of the file: once more from the start.
      unlink(part)
      try transfer()
      result = try finish()
    }
    isFinished = true
    return result
  }

  private func finish() throws -> Verification.Result {
    do {
      let result = try verification.check(part)
      var note = noteOfPart ?? PartNote(url: url)
      note.sha256 = result.sha256
      try note.write(for: destination)
      try AtomicFile.rename(part, to: destination)
      return result
    } catch {
      unlink(part)
      throw error
    }
  }

  private func transfer() throws {
    var failures = 0
    var furthest = partSize
    while true {
      if let expected = verification.file.bytes ?? noteOfPart?.total, partSize == expected { return }
      let outcome = try attempt()
      if outcome == .complete { return }
      guard case .interrupted(let reason) = outcome else {
        if let error = failure(outcome) { throw error }
        unlink(part)
        failures += 1
        if failures < policy.attempts { continue }
        throw error(.retryLater, "the source cannot be continued from the middle")
      }
      failures = partSize - furthest >= policy.progressBytes ? 1 : failures + 1
      furthest = max(furthest, partSize)
      if failures >= policy.attempts { throw unreachable(reason) }
      usleep(UInt32(policy.firstPause * Double(1 << (failures - 1)) * 1e6))
    }
  }

  private func attempt() throws -> Transfer.Outcome {
    if let expected = verification.file.bytes, partSize > expected { unlink(part) }
    let note = noteOfPart
    if !mayContinue(note) { unlink(part) }
    let descriptor = open(part, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    guard descriptor >= 0 else { throw AtomicFile.failure("write a file", part) }
    defer { close(descriptor) }
    var transfer = Transfer(url: url, policy: policy, progress: progress)
    transfer.expectedBytes = verification.file.bytes
    if !verification.knowsHash {
      transfer.mustProveItsEnd = true
      transfer.earlier = note
      // Without the note the part is only not continued.
      transfer.began = { [destination] found in if found != note { try? found.write(for: destination) } }
    }
    let outcome = transfer.run(appendingTo: descriptor, from: partSize)
    if outcome == .unwritable { throw AtomicFile.failure("write a file", part) }
    guard fsync(descriptor) == 0 else { throw AtomicFile.failure("flush a file", part) }
    return outcome
  }

  /// What is known of the part, if it came from this address.
  private var noteOfPart: PartNote? { PartNote.existing(for: destination).flatMap { $0.url == url ? $0 : nil } }

  /// A hash tells of two versions in one file; without it the server has to confirm that it still sends the same one.
  private func mayContinue(_ note: PartNote?) -> Bool { verification.knowsHash || note?.validator != nil }

  /// The error of an outcome that no further attempt can mend; nil for a source that only cannot be continued.
  private func failure(_ outcome: Transfer.Outcome) -> StageError? {
    switch outcome {
    case .absent(let reason): return error(.missingInput, reason)
    case .unusable(let reason):
      unlink(part)
      return error(.badData, reason)
    case .refused(let reason): return error(.inputOutput, reason)
    case .complete, .interrupted, .cannotResume, .unwritable: return nil
    }
  }

  private func unreachable(_ reason: String) -> StageError {
    if !mayContinue(noteOfPart) { unlink(part) }
    return error(.retryLater, "\(reason), after \(policy.attempts) attempts; \(partSize) bytes are kept")
  }

  private func error(_ code: StageError.Code, _ why: String) -> StageError {
    StageError(code, "cannot download \((destination as NSString).lastPathComponent)", where: url, why: why, fix: verification.advice)
  }

  private var partSize: Int { (try? Verification.size(of: part)) ?? 0 }
}
