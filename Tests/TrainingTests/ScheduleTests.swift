import TestSupport
import Testing
import Training

@Suite struct ScheduleTests {
  @Test(
    "warm-up and cosine over steps equal the reference",
    arguments: [("sched_step0", 10, 100), ("sched_step1", 1000, 40000), ("sched_step2", 0, 20)])
  func overSteps(name: String, warmup: Int, total: Int) throws {
    let file = try Fixtures.golden("case08_blocks")
    let steps = try file.tensor("\(name).t").integers()
    let schedule = Schedule(kind: .cosineOverSteps, warmup: warmup, total: total)
    let factors = steps.map { schedule.factor(step: $0, epoch: -1) }
    #expect(maxRelative(factors, try file.tensor("\(name).lr").doubles()) < 1e-12)
  }

  @Test("warm-up and cosine over epochs: epoch 0 trains with factor 0, and after the end the factor rises again")
  func overEpochs() throws {
    let file = try Fixtures.golden("case08_blocks")
    let epochs = try file.tensor("sched_epoch0.epoch").integers()
    let schedule = Schedule(kind: .cosineOverEpochs, warmup: 10, total: 100)
    #expect(maxRelative(epochs.map { schedule.factor(step: -1, epoch: $0) }, try file.tensor("sched_epoch0.lr").doubles()) < 1e-12)
    #expect(schedule.factor(step: 0, epoch: 0) == 0)
    #expect(schedule.factor(step: 0, epoch: 100) < 1e-12)
    #expect(schedule.factor(step: 0, epoch: 190) > 0.99)
  }

  @Test("halving and constant")
  func others() {
    let halving = Schedule(kind: .halvingOverEpochs, total: 500, halvingEpochs: 100)
    #expect([0, 99, 100, 499, 500, 700].map { halving.factor(step: 0, epoch: $0) } == [1, 1, 0.5, 0.0625, 0.03125, 0.03125])
    #expect(Schedule(kind: .constant).factor(step: 12345, epoch: 99) == 1)
  }
}
