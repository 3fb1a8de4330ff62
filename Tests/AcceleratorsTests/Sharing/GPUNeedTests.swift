import Accelerators
import RunSupport
import Testing

/// Which GPU a run takes, or what it waits for.
@Suite struct GPUNeedTests {
  private static let gibibyte = 1 << 30
  /// What a process takes beside what it asks for.
  private static let driver = gibibyte

  private func gpu(_ index: Int, _ size: Int = 80, used: Int = 0, isExclusive: Bool = false) -> GPU {
    GPU(index: index, identifier: "GPU-\(index)", bytes: size * Self.gibibyte, used: used * Self.gibibyte, isExclusive: isExclusive)
  }

  private func holder(_ name: String, _ size: Int, on gpu: Int) -> Reservation.Holder {
    .init(name: name, shares: [.init(room: "GPU-\(gpu)", bytes: size * Self.gibibyte)])
  }

  private func decide(
    _ size: GPUNeed.Size, _ gpus: [GPU], running: [Reservation.Holder] = [], earlier: [Reservation.Holder] = []
  ) -> Reservation.Decision { GPUNeed(name: "run", size: size).decide(gpus, .init(running: running, earlier: earlier)) }

  private func take(_ size: Int, on gpu: Int) -> Reservation.Decision {
    .take([.init(room: "GPU-\(gpu)", bytes: size * Self.gibibyte)])
  }

  /// Needs 9 GiB, 10 with the driver.
  private static let ten = GPUNeed.Size.bytes(9 * gibibyte)

  private func waits(_ decision: Reservation.Decision, on gpu: Int) -> Bool {
    if case .wait(let shares, _) = decision { shares.map(\.room) == ["GPU-\(gpu)"] } else { false }
  }

  @Test("the emptiest GPU with enough room wins, of equal ones the first named") func emptiest() {
    #expect(decide(Self.ten, [gpu(0), gpu(1)]) == take(10, on: 0) && decide(Self.ten, [gpu(1), gpu(0)]) == take(10, on: 1))
    #expect(decide(Self.ten, [gpu(0), gpu(1)], running: [holder("a", 1, on: 0)]) == take(10, on: 1))
    #expect(decide(Self.ten, [gpu(0, used: 30), gpu(1, 40)]) == take(10, on: 0), "50 and 40 are left")
    #expect(decide(Self.ten, [gpu(0, used: 75), gpu(1, 12)]) == take(10, on: 1), "of other users is what they have taken")
  }

  @Test("several small runs share a GPU as long as their rooms fit") func shared() {
    let seven = (0..<7).map { holder("run \($0)", 10, on: 0) }
    #expect(decide(Self.ten, [gpu(0)], running: seven) == take(10, on: 0))
    let eight = seven + [holder("run 7", 10, on: 0)]
    guard case .wait(let shares, let why) = decide(Self.ten, [gpu(0, used: 40)], running: eight) else { return #expect(Bool(false)) }
    #expect(shares == [.init(room: "GPU-0", bytes: 10 * Self.gibibyte)])
    #expect(why == "for a GPU: about 10.7 GB are needed, and GPU 0 has 0.0 kB left beside run 0, run 1 and 6 more")
    #expect(decide(Self.ten, [gpu(0, used: 40)], running: seven) == take(10, on: 0), "what runs have taken of theirs does not count twice")
    #expect(waits(decide(Self.ten, [gpu(0, used: 71)], running: [holder("a", 10, on: 0)]), on: 0))
  }

  @Test("who does not know its need takes a GPU alone, and nobody joins it") func whole() {
    #expect(decide(.whole, [gpu(0), gpu(1)], running: [holder("a", 2, on: 0)]) == take(80, on: 1))
    #expect(decide(.whole, [gpu(0, used: 60)]) == take(80, on: 0), "other programs may leave enough")
    let both = [holder("a", 2, on: 0), holder("b", 1, on: 1)]
    guard case .wait(let shares, let why) = decide(.whole, [gpu(0), gpu(1)], running: both) else { return #expect(Bool(false)) }
    #expect(shares == [.init(room: "GPU-1", bytes: 80 * Self.gibibyte)])
    #expect(why == "for a GPU: a whole GPU is needed, and GPU 1, the emptiest of 2, has 84.8 GB left beside b")
    #expect(waits(decide(Self.ten, [gpu(0)], running: [holder("w", 80, on: 0)]), on: 0))
  }

  @Test("who waits for a GPU is not passed by on it; other GPUs stay open") func earlier() {
    let busy = [holder("a", 20, on: 0), holder("b", 30, on: 1)]
    #expect(decide(Self.ten, [gpu(0), gpu(1)], running: busy, earlier: [holder("w", 80, on: 0)]) == take(10, on: 1))
    #expect(waits(decide(Self.ten, [gpu(0)], running: [holder("a", 20, on: 0)], earlier: [holder("w", 80, on: 0)]), on: 0))
  }

  @Test("what needs nearly all takes all; what no GPU holds takes the largest; of different ones only those that are large enough count")
  func large() {
    #expect(decide(.bytes(72 * Self.gibibyte), [gpu(0)]) == take(80, on: 0))
    #expect(decide(.bytes(70 * Self.gibibyte), [gpu(0)]) == take(71, on: 0))
    #expect(decide(.bytes(150 * Self.gibibyte), [gpu(0, 40), gpu(1), gpu(2)]) == take(80, on: 1))
    #expect(waits(decide(.bytes(50 * Self.gibibyte), [gpu(0, 40), gpu(1)], running: [holder("a", 60, on: 1)]), on: 1))
    #expect(decide(.part(0.25), [gpu(0)]) == take(20, on: 0) && decide(.part(0.95), [gpu(0)]) == take(80, on: 0))
    let parts = [Float(0.6), 0.4].map { part in
      if case .take(let shares) = decide(.part(part), [gpu(0, 24)]) { shares[0].bytes } else { 0 }
    }
    #expect(parts[0] > 14 * Self.gibibyte && parts[0] + parts[1] <= 24 * Self.gibibyte, "0.6 and 0.4 are no more than the whole")
  }

  @Test("a GPU for one process at a time has one run") func exclusive() {
    let gpus = [gpu(0, isExclusive: true), gpu(1, 24, isExclusive: true)]
    #expect(decide(Self.ten, gpus, running: [holder("a", 10, on: 0)]) == take(10, on: 1))
    #expect(waits(decide(Self.ten, gpus, running: [holder("a", 10, on: 0), holder("b", 10, on: 1)]), on: 0))
  }
}
