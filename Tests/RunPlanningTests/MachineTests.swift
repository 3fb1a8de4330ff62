import Foundation
import RunPlanning
import Runs
import RunSupport
import Testing
import TestSupport

/// Measured times of a step, and what they say of steps that were not measured.
@Suite(.temporaryFolder) struct MachineTests {
  private static func shape(_ kind: StepShape.Kind, batch: Int = 8, length: Int, width: Int, terms: Int = 64) -> StepShape {
    StepShape(
      kind: kind, hasBatchNorm: true, batchSize: batch, length: length, width: width, outputs: width, layers: 2, points: 2 * length,
      terms: terms * width)
  }

  private static let shapes: [StepShape] = [(256, 32), (1024, 64), (1024, 512), (16_384, 128), (65_536, 16)].map { length, width in
    shape(.s4d, length: length, width: width)
  }

  @Test("times that are a sum of the two main terms are met, also between the measured shapes") func exact() {
    func time(_ shape: StepShape) -> Double {
      let points = Double(shape.points)
      let count = Double(shape.layers * shape.batchSize)
      let transforms = count * Double(shape.width + shape.outputs) * points * log2(points)
      return 2e-7 * transforms + 3e-9 * count * Double(shape.length * shape.width * shape.outputs)
    }
    let factors = WorkFactors(Self.shapes.map { ($0, time($0)) })
    for shape in Self.shapes + [Self.shape(.s4d, batch: 20, length: 4096, width: 256)] {
      #expect(abs(factors.milliseconds(shape) / time(shape) - 1) < 0.03, "\(shape): \(factors.milliseconds(shape)), \(time(shape))")
    }
  }

  @Test("the project ships two processors' code, each with some ten shapes or more, which its own sum meets") func shipped() throws {
    let steps = try MeasuredStep.read(fromFile: RunCostTests.stepTimes)
    let machines = try Machine.all(inFile: RunCostTests.stepTimes)
    #expect(machines.count == 2 && machines.allSatisfy { $0.threads == 2 })
    #expect(["AVX-512", "AVX2"].allSatisfy { code in machines.contains { $0.name.contains(code) } })
    for machine in machines {
      let own = steps.filter { machine.name == "\($0.processor) (\($0.code))" }
      #expect(own.count >= 10 && Set(own.map(\.shape.kind)).count == StepShape.Kind.allCases.count)
      let ratios = own.map { 1000 * machine.trainingSeconds($0.shape) / $0.trainingMilliseconds }
      #expect(ratios.allSatisfy { (0.6...1.5).contains($0) }, "\(machine.name): \(zip(own.map(\.name), ratios).map { "\($0) \($1)" })")
    }
  }

  @Test("a file is read as it was written") func roundTrip() throws {
    let step = MeasuredStep(
      processor: "A, B", code: "AVX2, Haswell", threads: 2, name: "small", shape: Self.shapes[0], trainingMilliseconds: 1.25,
      evaluationMilliseconds: 0.5)
    try AtomicFile.write(MeasuredStep.document([step]), to: "\(folder)/times.csv")
    #expect(try MeasuredStep.read(fromFile: "\(folder)/times.csv") == [step])
    let error = #expect(throws: StageError.self) { try Machine.all(inFile: "\(folder)/times.csv") }
    #expect(error?.code == .badData && error?.why.contains("tfb") == true, "one kind alone says nothing of the others")
  }

  @Test("rows that say no time are refused", arguments: [("s4d", "s5d"), (",1.25,", ",0,"), (",1.25,", ",x,"), (",8,256,", ",8.5,256,")])
  func badRows(old: String, new: String) throws {
    let step = MeasuredStep(
      processor: "A", code: "AVX2", threads: 2, name: "small", shape: Self.shapes[0], trainingMilliseconds: 1.25,
      evaluationMilliseconds: 0.5)
    let text = MeasuredStep.document([step])
    #expect(text.contains(old))
    try AtomicFile.write(text.replacing(old, with: new), to: "\(folder)/times.csv")
    let error = #expect(throws: StageError.self) { try MeasuredStep.read(fromFile: "\(folder)/times.csv") }
    #expect(error?.code == .badData)
  }

  @Test("this machine comes before the shipped ones; without it the one with the same code; any by a part of its name") func choice() throws
  {
    let own = "\(folder)/times.csv"
    func choose(_ vectors: String, _ name: String? = nil) throws -> Machine {
      try Machine.choose(calibrated: own, shipped: [RunCostTests.stepTimes], vectors: vectors, name: name)
    }
    #expect(try choose("AVX2").name.contains("AVX2") && choose("AVX-512").name.contains("AVX-512"))
    let shipped = try MeasuredStep.read(fromFile: RunCostTests.stepTimes)
    let here = shipped.filter { $0.code == shipped[0].code }.map { step in
      var step = step
      step.processor = "Mine"
      return step
    }
    try AtomicFile.write(MeasuredStep.document(here), to: own)
    #expect(try choose("AVX2").name.hasPrefix("Mine") && choose("AVX2").file == own)
    #expect(try choose("AVX-512", "avx2").name.contains("AVX2"))
    let unknown = #expect(throws: StageError.self) { try choose("AVX2", "abacus") }
    #expect(unknown?.code == .usage && unknown?.why.contains("Mine") == true)
  }
}
