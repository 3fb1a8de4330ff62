import Testing
import Training

/// Edges of the schedules; their values are those of golden case 08.
@Suite struct ScheduleTests {
  @Test("warm-up and cosine over epochs: epoch 0 trains with factor 0, and after the end the factor rises again")
  func overEpochs() {
    let schedule = Schedule(kind: .cosineOverEpochs, warmup: 10, total: 100)
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
