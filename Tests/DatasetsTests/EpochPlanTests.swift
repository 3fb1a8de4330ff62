import Arrays
import Datasets
import Testing

@Suite struct EpochPlanTests {
  private func all(_ plan: EpochPlan) -> [[Int]] { (0..<plan.batchCount).map(plan.positions(ofBatch:)) }

  @Test("an epoch visits every sample once", arguments: [(0, 4), (1, 1), (1, 4), (10, 3), (12, 4), (1000, 64)])
  func complete(count: Int, batchSize: Int) {
    let batches = all(EpochPlan(count: count, batchSize: batchSize, order: .shuffled(seed: 5, epoch: 2)))
    #expect(batches.joined().sorted() == Array(0..<count))
    #expect(batches.dropLast().allSatisfy { $0.count == batchSize })
    #expect(batches.count == (count + batchSize - 1) / batchSize)
  }

  @Test("evaluation keeps order and the last incomplete batch") func sequential() {
    #expect(all(EpochPlan(count: 7, batchSize: 3, order: .sequential)) == [[0, 1, 2], [3, 4, 5], [6]])
  }

  @Test("the last incomplete batch can be dropped") func dropLast() {
    #expect(all(EpochPlan(count: 7, batchSize: 3, order: .sequential, dropLast: true)) == [[0, 1, 2], [3, 4, 5]])
    #expect(all(EpochPlan(count: 6, batchSize: 3, order: .sequential, dropLast: true)).count == 2)
    #expect(EpochPlan(count: 2, batchSize: 3, order: .shuffled(seed: 1, epoch: 0), dropLast: true).batchCount == 0)
  }

  @Test("seed and epoch fix the order; others give another") func reproducible() {
    func order(_ seed: UInt64, _ epoch: Int) -> [[Int]] {
      all(EpochPlan(count: 200, batchSize: 32, order: .shuffled(seed: seed, epoch: epoch)))
    }
    #expect(order(1, 3) == order(1, 3))
    #expect(order(1, 3) != order(1, 4))
    #expect(order(1, 3) != order(2, 3))
  }

  @Test("the order is the permutation of the shuffle stream in the epoch's lane") func stream() {
    var stream = RandomStream(seed: 9, purpose: .shuffle, lane: 6)
    #expect(all(EpochPlan(count: 50, batchSize: 50, order: .shuffled(seed: 9, epoch: 6))) == [stream.permutation(50)])
  }
}
