import Datasets
import Operations
import RunSupport

extension RunInputs {
  /// Whether this process may take the memory that the work needs, before any of it is made.
  ///
  /// - Parameters:
  ///   - free: memory of the machine and its control groups; nil where the system does not say.
  ///   - addressSpace: what is left of it; nil without a limit.
  /// - Throws: `StageError` (`badConfiguration`) with what is needed and what is free.
  package func checkMemory(
    for use: MemoryEstimate.Use, free: FreeMemory.Amount? = FreeMemory.resident(),
    addressSpace: FreeMemory.Amount? = FreeMemory.addressSpace
  ) throws {
    let counts = Dictionary(uniqueKeysWithValues: Split.allCases.map { ($0, data.count(of: $0)) })
    let estimate = MemoryEstimate(configuration, ExpectedSamples(data.description, counts: counts, bytesOfStep: 0), for: use)
    let threads = Double(Parallel.threadCount) * Double(Parallel.addressSpaceOfThread)
    for (needed, amount, noun) in [
      (estimate.needed, free, "memory"), (estimate.needed + threads, addressSpace, "address space"),
    ] {
      guard let amount, needed > Double(amount.bytes) else { continue }
      throw StageError(
        .badConfiguration, "this \(use.rawValue) needs more \(noun) than there is",
        where: "\(configuration.id), preset \(configuration.preset.rawValue), on \(amount.origin)",
        why: "about \(ByteCount.text(needed)) are needed, \(ByteCount.text(estimate.weights)) of them for the parameters and "
          + "\(ByteCount.text(estimate.passes)) for a batch of \(configuration.training.batchSize), and \(ByteCount.text(amount.bytes)) are free",
        fix:
          "run less at once or raise the limit; if that is not enough, take a machine with more memory or a smaller preset, model or batch "
          + "(make plan says what each run takes)")
    }
  }
}
