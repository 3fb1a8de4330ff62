import CMPI
import Foundation
import RunSupport
import Synchronization

/// The processes that train one run together, as this one sees them; usually it is alone.
///
/// All of them do the same steps in the same order, so that they meet in each call here. What a call gives is the same in all.
package final class Ranks: Sendable {
  /// The place of this process, from 0.
  package let rank: Int
  package let count: Int
  private let hasAgreedToEnd = Atomic<Bool>(false)

  /// A process that shares its run with no other.
  package static let alone = Ranks(rank: 0, count: 1, countHere: 1)

  /// How many of them are on this machine.
  package let countHere: Int

  private init(rank: Int, count: Int, countHere: Int) { (self.rank, self.count, self.countHere) = (rank, count, countHere) }

  /// Whether this process is the one that writes files and speaks to the user.
  package var isFirst: Bool { rank == 0 }

  /// Joins the processes that `mpirun` has started.
  ///
  /// - Parameter count: how many there are to be.
  /// - Throws: `StageError`: `missingInput` where OpenMPI is not installed, `usage` if there are more processes or fewer.
  package static func join(count expected: Int) throws -> Ranks {
    if expected == 1 { return alone }
    var (rank, count): (Int32, Int32) = (0, 0)
    if let problem = ssm_mpi_begin(&rank, &count) {
      throw StageError(
        .missingInput, "several processes cannot share this run", where: "OpenMPI, libmpi.so.40", why: String(cString: problem),
        fix: "install OpenMPI 3 or newer (apt install openmpi-bin), or train in one process: leave out RANKS (--ranks)")
    }
    guard Int(count) == expected else {
      throw StageError(
        .usage, "\(expected) processes are to share this run", where: "--ranks", why: "mpirun has started \(count)",
        fix: "start it as mpirun -n \(expected) train-model … --ranks \(expected), as make run RANKS=\(expected) does")
    }
    return Ranks(rank: Int(rank), count: Int(count), countHere: startedHere(of: Int(count)))
  }

  /// How many of so many processes run on this machine; known before they are joined.
  package static func startedHere(of count: Int) -> Int {
    count == 1 ? 1 : ProcessInfo.processInfo.environment["OMPI_COMM_WORLD_LOCAL_SIZE"].flatMap(Int.init) ?? count
  }

  /// The numbers of all processes, in the order of their ranks.
  ///
  /// - Parameter part: those of this process, as many in each.
  package func gather<Number: BitwiseCopyable>(_ part: [Number]) -> [Number] {
    if count == 1 { return part }
    return [Number](unsafeUninitializedCapacity: part.count * count) { all, filled in
      part.withUnsafeBytes { ssm_mpi_gather($0.baseAddress, $0.count, all.baseAddress) }
      filled = part.count * count
    }
  }

  /// The numbers of each process, which may have more or fewer than others.
  package func gatherLists<Number: BitwiseCopyable & ExpressibleByIntegerLiteral>(_ part: [Number]) -> [[Number]] {
    let counts = gather([part.count])
    let longest = counts.max() ?? 0
    let all = gather(part + [Number](repeating: 0, count: longest - part.count))
    return counts.enumerated().map { rank, count in Array(all[rank * longest..<rank * longest + count]) }
  }

  /// Waits until all processes have come here.
  package func meet() { _ = gather([UInt8(0)]) }

  /// Whether these numbers are the same in all processes.
  package func agree<Number: BitwiseCopyable & Equatable>(on numbers: [Number]) -> Bool {
    gather(numbers) == Array(repeating: numbers, count: count).flatMap { $0 }
  }

  /// What the first process says.
  package func told<Number: BitwiseCopyable>(_ number: Number) -> Number { gather([number])[0] }

  /// Ends the work in all processes at the same place if one of them is to end.
  ///
  /// - Parameters:
  ///   - reason: why this one is to end; nil if it is not.
  ///   - work: what they do, for messages.
  /// - Returns: the reason to end with; nil if all go on.
  package func agree(on reason: StageError?, of work: String) -> StageError? {
    let codes = gather([reason?.code.rawValue ?? 0])
    guard let code = codes.first(where: { $0 != 0 }) else { return nil }
    hasAgreedToEnd.store(true, ordering: .relaxed)
    return reason
      ?? StageError(
        StageError.Code(rawValue: code) ?? .retryLater, "another process that shares this training is to end", where: work,
        why: "it was told so", fix: "run the same command again")
  }

  /// Signals do not shorten it.
  private static func wait(seconds: Double) {
    let end = ResourceUsage.monotonicSeconds + seconds
    while ResourceUsage.monotonicSeconds < end { usleep(50_000) }
  }

  /// Does the part of this process, and leaves when all have done theirs.
  ///
  /// Where a process fails by itself it says so and ends all others; where they have agreed to end, the first one alone says why.
  ///
  /// - Throws: what `body` throws in the process that is to say so.
  package func share(_ body: () throws -> Void) throws {
    if count == 1 { return try body() }
    do {
      try body()
      ssm_mpi_end()
    } catch {
      if hasAgreedToEnd.load(ordering: .relaxed) {
        ssm_mpi_end()
        if isFirst { throw error }
        return
      }
      // Most failures are those of all; then the first process says it and ends the others here.
      if !isFirst { Self.wait(seconds: 5) }
      let reason = error as? StageError ?? StageError(wrapping: error)
      reason.leaveWords()
      ssm_mpi_abort(reason.code.rawValue)
    }
  }
}
