import Foundation
import RunSupport

/// Lets each workload write to a file system in memory that becomes full, and gives it room for the same command again.
struct DiskAttack: Attack {
  func run(on bench: Bench, found: (AttackRow) -> Void) throws {
    guard try canMount(bench) else {
      var row = AttackRow(subject: "all", what: "full file system")
      row.note = "skipped: this user may not mount a file system (try as root)"
      return found(row)
    }
    for workload in bench.workloads {
      let pages = bench.reference(workload).bytes / 4096 + 1
      let sizes = bench.some(Array(0...pages), sample: 2, whole: 24)
      let entries = bench.some(Array(1...bench.reference(workload).content.files.count + 4), sample: 1, whole: 8)
      let full = sizes.map { trial(workload, "room for \(4 * $0) kB", pages: $0, entries: 100_000, on: bench) }
      found(try bench.judge(full, subject: workload.name, what: "full file system"))
      let crowded = entries.map { trial(workload, "room for \($0) files", pages: 100_000, entries: $0, on: bench) }
      found(try bench.judge(crowded, subject: workload.name, what: "no room for another file"))
    }
  }

  /// - Parameters:
  ///   - pages: 4 kB each, besides what the tool finds there.
  ///   - entries: files and folders, in the same way.
  private func trial(_ workload: Workload, _ label: String, pages: Int, entries: Int, on bench: Bench) -> Trial {
    let start = workload.start.map(FolderSize.init)
    // Folders take no room there, but an entry; the file system's own folder takes one too.
    let options = "size=\(4 * max(1, pages + (start?.pages ?? 0)))k,nr_inodes=\(entries + (start?.entries ?? 0) + 1)"
    var trial = Trial(workload: workload, label: label)
    trial.disturb = { command, folder in
      let place = ShellCommand.quoted("\(folder)/made")
      let copy = workload.start.map { "&& cp -r \(ShellCommand.quoted($0))/. \(place)" } ?? ""
      command.before = "mkdir -p \(place) && mount -t tmpfs -o \(options) none \(place) \(copy)"
    }
    trial.between = { folder in try mount(["-o", "remount,size=64m,nr_inodes=100000", "\(folder)/made"]) }
    trial.after = { folder in _ = try? ChildProcess("/bin/umount", ["\(folder)/made"], output: .discarded, errors: .discarded) }
    return trial
  }

  private func canMount(_ bench: Bench) throws -> Bool {
    let place = bench.folder + "/mount"
    try AtomicFile.makeDirectory(place)
    do { try mount(["-t", "tmpfs", "none", place]) } catch { return false }
    return try ChildProcess("/bin/umount", [place], output: .discarded, errors: .discarded).status == 0
  }

  private func mount(_ arguments: [String]) throws {
    let process = try ChildProcess("/bin/mount", arguments, output: .discarded, errors: .captured)
    guard process.status == 0 else {
      throw StageError(
        .inputOutput, "a file system in memory cannot be mounted", where: arguments.joined(separator: " "),
        why: String(decoding: process.errors, as: UTF8.self), fix: "leave the attack on disks out")
    }
  }
}
