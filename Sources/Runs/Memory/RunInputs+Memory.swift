import Datasets
import MessagePassing
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
    let estimate = memory(for: use)
    let threads = Double(Parallel.threadCount) * Double(Parallel.addressSpaceOfThread)
    for (needed, amount, noun) in [
      (estimate.needed, free, "memory"), (estimate.needed + threads, addressSpace, "address space"),
    ] {
      guard let amount, needed > Double(amount.bytes) else { continue }
      throw shortage(of: noun, for: use, estimate, needed: needed, amount)
    }
  }

  /// Keeps the memory that the work needs for this process, until the result is let go; waits while other processes of this user have
  /// taken or reserved too much of it.
  ///
  /// - Parameters:
  ///   - name: of the run, as others that wait for it are told.
  ///   - ranks: the processes that share it. The first of them speaks for all that are on its machine: if each waited for itself, they
  ///     could wait for each other.
  ///   - interruption: asked while it waits; a non-nil answer ends that.
  ///   - report: called with a line for the user, before it waits.
  /// - Returns: nil where nothing can be reserved here; then the user has been told.
  /// - Throws: `StageError`: `badConfiguration` with what is needed and what is free, if it is too much also without them, or what
  ///   `interruption` says.
  package func reserveMemory(
    for use: MemoryEstimate.Use, name: String, among ranks: Ranks = .alone, interruption: () -> StageError? = { nil },
    report: (String) -> Void
  ) throws -> Reservation? {
    try checkMemory(for: use, free: nil)
    let estimate = memory(for: use, ranks: ranks.count)
    let needed = estimate.needed * Double(ranks.countHere)
    let demand = MemoryDemand(bytes: Int(min(needed, 1e18)))
    do {
      return try ReservationLedger().reserve(name, interruption: interruption, report: report) { others in
        try demand.decide(others) { shortage(of: "memory", for: use, estimate, needed: needed, $0) }
      }
    } catch let error as StageError where error.code == .inputOutput {
      report("warning: \(error.what), so runs that start together may need more than there is: \(error.location): \(error.why)")
      try checkMemory(for: use)
      return nil
    }
  }

  private func memory(for use: MemoryEstimate.Use, ranks: Int = 1) -> MemoryEstimate {
    let counts = Dictionary(uniqueKeysWithValues: Split.allCases.map { ($0, data.count(of: $0)) })
    return MemoryEstimate(configuration, ExpectedSamples(data.description, counts: counts, bytesOfStep: 0), for: use, ranks: ranks)
  }

  private func shortage(
    of noun: String, for use: MemoryEstimate.Use, _ estimate: MemoryEstimate, needed: Double, _ amount: FreeMemory.Amount
  ) -> StageError {
    StageError(
      .badConfiguration, "this \(use.rawValue) needs more \(noun) than there is",
      where: "\(configuration.id), preset \(configuration.preset.rawValue), on \(amount.origin)",
      why: "about \(ByteCount.text(needed)) are needed, \(ByteCount.text(estimate.weights)) of them for the parameters and "
        + "\(ByteCount.text(estimate.passes)) for a batch of \(configuration.training.batchSize), and \(ByteCount.text(amount.bytes)) are free",
      fix:
        "run less at once or raise the limit; if that is not enough, take a machine with more memory or a smaller preset, model or batch "
        + "(make plan says what each run takes)")
  }
}
