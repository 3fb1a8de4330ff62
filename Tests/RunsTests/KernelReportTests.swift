import Catalogue
import RunFixtures
import Runs
import SequenceModels
import Testing
import Vocabulary

@Suite struct KernelReportTests {
  /// The fields of each line without the header.
  private func lines(_ model: BlocksSpecification, length: Int, probe: Probe = .whole) throws -> [[Substring]] {
    let input = InputDescription(kind: .values(channels: 1), outputCount: 1)
    let built = try SequenceClassifier(model, input: input, seed: 1)
    let text = KernelReport().csv(initial: built, trained: built, sequenceLength: length, probe: probe)
    return text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
  }

  /// The mean over channels of |K[lag]| of the first layer and direction, for a kernel of so many points.
  private func expected(_ model: BlocksSpecification, length: Int) throws -> [Float] {
    let built = try SequenceClassifier(model, input: InputDescription(kind: .values(channels: 1), outputCount: 1), seed: 1)
    let kernel = built.kernels(length: length)[0]
    let values = kernel.values()
    let points = kernel.shape[2]
    return (0..<points).map { lag in
      (0..<kernel.shape[1]).reduce(Float(0)) { $0 + abs(values[$1 * points + lag]) } / Float(kernel.shape[1])
    }
  }

  @Test(
    "kernels are those of the whole length, of which the first 1,024 lags are kept",
    arguments: [
      SmallRun.blocks(SmallRun.hope(.forward)), SmallRun.blocks(SmallRun.hope(.halfSpectra)),
      SmallRun.blocks(SmallRun.diagonal(.tuned, filter: .init(weighting: .binsOver10000, exponent: 1, learningRate: 0))),
    ])
  func wholeLength(model: BlocksSpecification) throws {
    let lines = try lines(model, length: 1500)
    let first = lines.filter { $0[0] == "1" && $0[1] == "1" }
    #expect(first.count == 1024 && Set(lines.map { $0[0] }) == ["1", "2"])
    let whole = try expected(model, length: 1500)
    #expect(zip(first, whole).allSatisfy { Float($0[3]) == $1 && Float($0[4]) == $1 })
    // A kernel of only 1,024 points is another one.
    #expect(try expected(model, length: 1024) != Array(whole[..<1024]))
  }

  @Test("with the reversal appended the kernel has twice the length, so that odd lengths are possible")
  func reversal() throws {
    let model = SmallRun.blocks(SmallRun.hope(.halfSpectra), appendsReversal: true)
    let first = try lines(model, length: 77).filter { $0[0] == "1" && $0[1] == "1" }
    let whole = try expected(model, length: 154)
    #expect(first.count == 154 && zip(first, whole).allSatisfy { Float($0[3]) == $1 })
  }

  @Test("what the probe of the training leaves out is left out")
  func probe() throws {
    let model = SmallRun.blocks(SmallRun.diagonal(.minimal))
    let lines = try lines(model, length: 64, probe: Probe(kernelLength: 16, layerCount: 1))
    // One layer, two directions, 16 lags.
    #expect(lines.count == 32 && lines.allSatisfy { $0[0] == "1" })
    let whole = try expected(model, length: 64)
    #expect(zip(lines, whole).prefix(16).allSatisfy { Float($0[3]) == $1 })
  }
}
