import Accelerators
import Catalogue
import Foundation
import RunFixtures
import RunPlanning
import Runs
import RunSupport
import TestSupport
import Testing

/// What training steps need of a device that is not there.
@Suite(.temporaryFolder) struct DeviceBudgetTests {
  static let budget = Result { try BudgetTable(fromFile: Fixtures.repository + "/docs/accelerator-budget.csv") }
  static let experiments = (try? ExperimentCatalogue.shared().all) ?? []

  @Test("no configuration of preset paper is missing, and each fits a GPU of 80 GB") func complete() throws {
    let rows = try Self.budget.get().rows
    let listed = Set(rows.flatMap(\.configurations))
    let wanted = Self.experiments.filter { $0.preset == .paper && $0.group != RunSelection.testGroup }.map(\.id)
    #expect(wanted.filter { !listed.contains($0) } == [], "make accelerator-budget")
    for row in rows { #expect(row.memoryBytes <= 75 * 0x1p30, "\(row.step.name): \(row.memoryBytes / 0x1p30) GiB") }
  }

  private func planned(_ id: String, _ preset: Preset = .smoke, _ change: (inout ExperimentConfiguration) -> Void = { _ in }) throws
    -> PlannedStep
  {
    var configuration = try #require(Self.experiments.first { $0.id == id && $0.preset == preset }).configuration
    change(&configuration)
    return try #require(try PlannedStep(configuration, precision: .fast))
  }

  @Test("rates make no other program, sizes do") func kinds() throws {
    let step = try planned("tiny-listops-s4d-lin")
    let slower = try planned("tiny-listops-s4d-lin") { $0.training.optimizer.learningRate /= 3 }
    let larger = try planned("tiny-listops-s4d-lin") { $0.training.batchSize += 1 }
    #expect(slower.program == step.program && slower.text != step.text)
    #expect(larger.program != step.program && larger.shape != step.shape)
    #expect(step.productWork.rounded > 0 && step.productWork.exact > 0)
  }

  @Test(
    "every kind of model and data can be recorded before there are samples",
    arguments: [
      "tiny-listops-hope", "tfb-waves-1", "tfb-denoising-raw", "dfout-delay-dfout", "tfb-moving-mnist-300", "dfout-lra-retrieval-s4d-lin",
    ])
  func recorded(id: String) throws {
    let step = try planned(id)
    #expect(step.text.contains("func.func public @main") && step.name == id)
  }

  private func row(_ name: String, _ program: String) -> DeviceBudget {
    DeviceBudget(
      step: MeasuredStep(
        processor: "chip", code: "computed", threads: 1, name: name, shape: Self.shape,
        trainingMilliseconds: 12.5, evaluationMilliseconds: 4.25),
      program: program, memoryBytes: 0x1p30, kernelCount: 300, bytes: 2e9, products: 3e9, configurations: [name])
  }

  private static let shape = StepShape(
    kind: .s4d, hasBatchNorm: true, batchSize: 2, length: 64, width: 8, outputs: 8, layers: 2, points: 128, terms: 256)

  @Test("a program is compiled once, and rows of an earlier call are taken where nothing has changed") func table() throws {
    let (step, other) = (try planned("tiny-listops-s4d-lin"), try planned("tiny-listops-hope"))
    var made: [String] = []
    func add(_ step: PlannedStep, to table: inout BudgetTable, earlier: BudgetTable, code: String = "computed") {
      _ = table.add(step, code: code, earlier: earlier) {
        made.append(step.name)
        return row(step.name, step.program)
      }
    }
    var table = BudgetTable()
    for step in [step, other, step] { add(step, to: &table, earlier: BudgetTable()) }
    #expect(made == [step.name, other.name])
    #expect(table.rows.map(\.configurations) == [[step.name, step.name], [other.name]])

    try AtomicFile.write(table.text, to: "\(folder)/budget.csv")
    let read = try BudgetTable(fromFile: "\(folder)/budget.csv")
    #expect(read.text == table.text)
    var again = BudgetTable()
    add(other, to: &again, earlier: read)
    #expect(made.count == 2 && again.rows.map(\.configurations) == [[other.name]])
    // Another compiler makes another program.
    var newer = BudgetTable()
    add(other, to: &newer, earlier: read, code: "another")
    #expect(made.count == 3)
  }
}
