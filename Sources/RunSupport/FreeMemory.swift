import Foundation

/// Memory that this process may still take.
package enum FreeMemory {
  package struct Amount: Sendable, Equatable {
    package let bytes: Int
    /// Who says so: `this machine`, `the control group /jobs/7`, `ulimit -v`.
    package let origin: String

    package init(bytes: Int, origin: String) { (self.bytes, self.origin) = (bytes, origin) }
  }

  /// What the machine has free, or a control group of this process if that is less; nil where the system does not say.
  ///
  /// Pages of files that the system takes back when memory is short count as free.
  ///
  /// - Parameter root: the folder that holds `proc` and `sys`; tests bring their own.
  package static func resident(root: String = "") -> Amount? { limits(root: root).min { $0.bytes < $1.bytes } }

  /// The same of the machine and of each control group with a limit, each for itself.
  package static func limits(root: String = "") -> [Amount] {
    let machine = number("MemAvailable:", in: root + "/proc/meminfo").map { Amount(bytes: $0 * 1024, origin: "this machine") }
    return [machine].compactMap { $0 } + controlGroups(root: root)
  }

  /// Bytes that come free when a process ends, without pages of files; 0 where there is no such process.
  package static func taken(by process: Int32, root: String = "") -> Int {
    let status = "\(root)/proc/\(process)/status"
    return 1024 * ["RssAnon:", "RssShmem:"].reduce(0) { $0 + (number($1, in: status) ?? 0) }
  }

  /// Address space that the limits `ulimit -v` and `ulimit -d` leave; nil without such limits.
  package static var addressSpace: Amount? {
    [(RLIMIT_AS, "VmSize:", "ulimit -v"), (RLIMIT_DATA, "VmData:", "ulimit -d")].compactMap { resource, taken, origin in
      var limit = rlimit()
      // No limit is the largest number, which is no `Int`.
      guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0, let bytes = Int(exactly: limit.rlim_cur) else { return nil }
      return Amount(bytes: max(0, bytes - (number(taken, in: "/proc/self/status") ?? 0) * 1024), origin: origin)
    }.min { $0.bytes < $1.bytes }
  }

  /// What each group that this process belongs to leaves, its own and those around it, in either version of control groups.
  private static func controlGroups(root: String) -> [Amount] {
    let text = (try? String(contentsOfFile: root + "/proc/self/cgroup", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").flatMap { line -> [Amount] in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return [] }
      let (isSecond, isFirst) = (fields[1].isEmpty, fields[1].split(separator: ",").contains("memory"))
      guard isSecond || isFirst else { return [] }
      let mount = root + (isSecond ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory")
      let steps = fields[2].split(separator: "/")
      return (0...steps.count).compactMap { count in
        let group = "/" + steps.prefix(count).joined(separator: "/")
        return left(in: "\(mount)\(group)", isSecond: isSecond).map { Amount(bytes: $0, origin: "the control group \(group)") }
      }
    }
  }

  private static func left(in folder: String, isSecond: Bool) -> Int? {
    let names = isSecond ? ["memory.max", "memory.current"] : ["memory.limit_in_bytes", "memory.usage_in_bytes"]
    let texts = names.compactMap { try? String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
    // Without a limit it is the word `max`.
    let values = texts.compactMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    guard values.count == 2 else { return nil }
    let (limit, used) = (values[0], values[1])
    let files = number(isSecond ? "inactive_file" : "total_inactive_file", in: "\(folder)/memory.stat") ?? 0
    return max(0, limit - max(0, used - files))
  }

  /// The number behind a word at the start of a line.
  private static func number(_ word: String, in file: String) -> Int? {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").lazy.map { $0.split(whereSeparator: \.isWhitespace) }.first { $0.first == word[...] }
    return line.flatMap { $0.count > 1 ? Int($0[1]) : nil }
  }
}
