import RunSupport
import Synchronization
import Testing

@Suite struct OrderedMapTests {
  private struct Refusal: Error, Equatable { var item: Int }

  @Test("values in order, for any threads and chunks", arguments: [1, 2, 7], [1, 3, 64])
  func order(threadCount: Int, chunkSize: Int) {
    let squares = orderedMap(10..<110, threadCount: threadCount, chunkSize: chunkSize) { $0 * $0 }
    #expect(squares == (10..<110).map { $0 * $0 })
    #expect(orderedMap([Int](), threadCount: threadCount, chunkSize: chunkSize) { $0 }.isEmpty)
  }

  @Test("the first failure in order is thrown, after every item has had its turn")
  func failure() {
    let calls = Atomic<Int>(0)
    let error = #expect(throws: Refusal.self) {
      try orderedMap(0..<40, threadCount: 3) { item in
        calls.wrappingAdd(1, ordering: .relaxed)
        if item == 31 || item == 7 { throw Refusal(item: item) }
      }
    }
    #expect(error == Refusal(item: 7))
    #expect(calls.load(ordering: .relaxed) == 40)
  }
}
