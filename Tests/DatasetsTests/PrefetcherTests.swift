import Datasets
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite(.temporaryFolder) struct PrefetcherTests {
  private struct Failure: Error, Equatable { let index: Int }

  private func drain<Item>(_ prefetcher: Prefetcher<Item>) throws -> [Item] {
    var items: [Item] = []
    while let item = try prefetcher.nextItem() { items.append(item) }
    return items
  }

  @Test("items come in order, whichever side is slow", arguments: [0, 300], [0, 300]) func order(producer: UInt32, consumer: UInt32) throws
  {
    let prefetcher = Prefetcher(5..<45, ahead: 2) { index in
      usleep(producer)
      return index
    }
    var items: [Int] = []
    while let item = try prefetcher.nextItem() {
      usleep(consumer)
      items.append(item)
    }
    #expect(items == Array(5..<45))
    #expect(try prefetcher.nextItem() == nil)
  }

  @Test("an empty range") func empty() throws {
    #expect(try drain(Prefetcher(3..<3) { $0 }).isEmpty)
  }

  @Test("an error arrives in its place, stays, and ends the work") func errors() throws {
    let prepared = Mutex<[Int]>([])
    let prefetcher = Prefetcher(0..<10) { index in
      prepared.withLock { $0.append(index) }
      if index == 3 { throw Failure(index: index) }
      return index
    }
    #expect(try (0..<3).map { _ in try prefetcher.nextItem() } == [0, 1, 2])
    #expect(throws: Failure(index: 3)) { try prefetcher.nextItem() }
    #expect(throws: Failure(index: 3)) { try prefetcher.nextItem() }
    #expect(prepared.withLock { $0 } == [0, 1, 2, 3])
  }

  @Test("the next item is prepared while the current one is used, and no more than asked for") func ahead() throws {
    let prepared = Atomic<Int>(0)
    let prefetcher = Prefetcher(0..<100, ahead: 2) { index in
      prepared.add(1, ordering: .relaxed)
      return index
    }
    _ = try prefetcher.nextItem()
    for _ in 0..<2000 where prepared.load(ordering: .relaxed) < 3 { usleep(1000) }
    #expect(prepared.load(ordering: .relaxed) == 3, "the one in use and two ahead")
    usleep(20_000)
    #expect(prepared.load(ordering: .relaxed) == 3)
  }

  @Test("a prefetcher that is dropped early ends its thread") func dropped() throws {
    final class Token: Sendable {}
    weak var held: Token?
    var prefetcher: Prefetcher<Int>?
    do {
      let token = Token()
      held = token
      prefetcher = Prefetcher(0..<1000) { index in withExtendedLifetime(token) { index } }
    }
    _ = try prefetcher?.nextItem()
    prefetcher = nil
    for _ in 0..<2000 where held != nil { usleep(1000) }
    #expect(held == nil, "the thread holds its closure no longer")
  }

  @Test("batches of an epoch equal those gathered one by one, from any start", arguments: [0, 1, 2, 9]) func batches(first: Int) throws {
    let data = try PreparedFixture.tokens(in: folder)
    let plan = EpochPlan(count: 3, batchSize: 2, order: .shuffled(seed: 1, epoch: 4))
    let prefetched = try drain(data.batches(plan, of: .train, from: first)).map(\.labels)
    let expected = (0..<2).dropFirst(first).map { data.batch(plan.positions(ofBatch: $0), of: .train).labels }
    #expect(prefetched == expected)
  }
}
