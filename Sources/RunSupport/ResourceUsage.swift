import Foundation

/// What a process used so far.
package enum ResourceUsage {
  /// The largest memory that was resident at one time, libraries included, in MiB.
  package static var peakMemoryMB: Double {
    // Linux keeps getrusage's value over exec, so a small child of a large parent would report the parent's; VmHWM does not.
    if let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8), let kibibytes = highWaterMark(in: status) {
      return kibibytes / 1024
    }
    var usage = rusage()
    #if os(Linux)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return Double(usage.ru_maxrss) / 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return Double(usage.ru_maxrss) / 1_048_576
    #endif
  }

  /// Seconds since some fixed moment, unchanged by clock adjustments; differences are wall time.
  package static var monotonicSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  static func highWaterMark(in status: String) -> Double? {
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }) else { return nil }
    return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
  }
}
