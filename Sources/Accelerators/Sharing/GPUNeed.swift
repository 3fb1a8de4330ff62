import RunSupport

/// The room that a process needs on one GPU, beside others that have theirs.
package struct GPUNeed: Sendable {
  /// How much of a GPU's memory.
  package enum Size: Sendable, Equatable {
    /// Of arrays and programs.
    case bytes(Int)
    /// A part of the whole, which the user chose.
    case part(Float)
    /// As much as there is: what is needed is not known.
    case whole
  }

  /// What it is for, as others that wait are told.
  package let name: String
  package let size: Size

  package init(name: String, size: Size) { (self.name, self.size) = (name, size) }

  /// What a process takes of a GPU beside its arrays: driver, libraries, their programs.
  static let driver = 1 << 30
  /// A larger part of a GPU than this is all of it, for nothing of use fits beside.
  private static let most = 0.9

  /// Takes room on the emptiest GPU that has enough; else waits for the one that lacks least.
  ///
  /// What others have reserved is theirs whether they have taken it or not; what processes take that reserve nothing counts as it is now.
  ///
  /// - Parameter gpus: at least one; of equally empty ones the first is taken.
  package func decide(_ gpus: [GPU], _ others: Reservation.Others) -> Reservation.Decision {
    let fitting = gpus.filter { bytes(of: $0) < $0.bytes }
    let largest = gpus.map(\.bytes).max()
    let offers = (fitting.isEmpty ? gpus.filter { $0.bytes == largest } : fitting).map { Offer($0, bytes: bytes(of: $0), others) }
    let best = offers.reduce(offers[0]) { $1.isBetter(than: $0) ? $1 : $0 }
    let shares = [Reservation.Share(room: best.gpu.identifier, bytes: best.bytes)]
    if best.hasRoom { return .take(shares) }
    let amount = best.bytes < best.gpu.bytes ? "about \(ByteCount.text(best.bytes)) are" : "a whole GPU is"
    let place = gpus.count == 1 ? "GPU \(best.gpu.index)" : "GPU \(best.gpu.index), the emptiest of \(gpus.count),"
    let beside = best.names.isEmpty ? "other programs" : MemoryDemand.list(best.names)
    return .wait(shares, "for a GPU: \(amount) needed, and \(place) has \(ByteCount.text(max(0, best.left))) left beside \(beside)")
  }

  /// What is reserved on a GPU: all of its memory where little would be left.
  func bytes(of gpu: GPU) -> Int {
    let bytes: Double =
      switch size {
      case .bytes(let bytes): Double(bytes) + Double(Self.driver)
      // In the driver's unit, so that 0.4 and 0.6 are no more than the whole.
      case .part(let part): 0x1p20 * (Double(part) * Double(gpu.bytes) / 0x1p20).rounded(.down)
      case .whole: .infinity
      }
    return bytes <= Self.most * Double(gpu.bytes) ? Int(bytes) : gpu.bytes
  }

  /// A GPU as it is for this need.
  private struct Offer {
    let gpu: GPU
    let bytes: Int
    /// What nobody has or waits for.
    let left: Int
    let hasRoom: Bool
    let names: [String]

    init(_ gpu: GPU, bytes: Int, _ others: Reservation.Others) {
      func here(_ holders: [Reservation.Holder]) -> [Reservation.Holder] { holders.filter { $0.bytes(of: gpu.identifier) > 0 } }
      func sum(_ holders: [Reservation.Holder]) -> Int { holders.reduce(0) { $0 + $1.bytes(of: gpu.identifier) } }
      let (running, earlier) = (here(others.running), here(others.earlier))
      (self.gpu, self.bytes) = (gpu, bytes)
      left = gpu.bytes - max(sum(running), gpu.used) - sum(earlier)
      names = (running + earlier).map(\.name)
      // One that needs all, or does not know what, takes what other programs leave.
      hasRoom = bytes == gpu.bytes || gpu.isExclusive ? names.isEmpty : bytes <= left
    }

    func isBetter(than other: Offer) -> Bool { hasRoom != other.hasRoom ? hasRoom : left > other.left }
  }
}
