/// What a job may take: limits that many runs share, so that a few arrays of jobs hold all of them.
package struct SizeClass: Hashable, Comparable, Sendable {
  package let hours: Int
  package let memoryGB: Int
  package let hasGPU: Bool

  /// A run that needs more hours than the last is interrupted, requeued and continued.
  static let hourLimits = [1, 4, 12, 48]
  static let memoryLimitsGB = [2, 8, 24, 64]
  /// Of hours: another processor, or neighbours on its node, may be slower than the machine that they were computed for.
  package static let hoursMargin = 1.5
  /// The same of hours that were computed for a GPU and never measured.
  package static let computedHoursMargin = 3.0
  /// Of memory: a run that goes over its limit is killed, and an estimate may be a quarter too small.
  package static let memoryMargin = 1.4
  /// Beside a GPU: its compiler and batches on their way; what a pass keeps lies on the GPU.
  static let memoryBesideGPU = 24
  /// Threads beside a GPU: the same.
  package static let threadsBesideGPU = 4

  package init(hours: Int, memoryGB: Int, hasGPU: Bool = false) {
    (self.hours, self.memoryGB, self.hasGPU) = (hours, memoryGB, hasGPU)
  }

  /// The smallest class that holds a run, with margins; of a GPU the hours are computed ones.
  package init(holding cost: (hours: Double, memoryBytes: Double), hasGPU: Bool) {
    let hours = cost.hours * (hasGPU ? Self.computedHoursMargin : Self.hoursMargin)
    self.hours = Self.hourLimits.first { hours <= Double($0) } ?? Self.hourLimits.last ?? 1
    self.hasGPU = hasGPU
    let memory = cost.memoryBytes * Self.memoryMargin / 1e9
    let step = Double(Self.memoryLimitsGB.last ?? 1)
    memoryGB =
      hasGPU
      ? Self.memoryBesideGPU : Self.memoryLimitsGB.first { memory <= Double($0) } ?? Int(step * (memory / step).rounded(.up))
  }

  /// `4h-8gb`, `12h-gpu`: the name of files.
  package var name: String { "\(hours)h-\(hasGPU ? "gpu" : "\(memoryGB)gb")" }

  package static func < (first: SizeClass, second: SizeClass) -> Bool {
    (first.hasGPU ? 1 : 0, first.hours, first.memoryGB) < (second.hasGPU ? 1 : 0, second.hours, second.memoryGB)
  }
}
