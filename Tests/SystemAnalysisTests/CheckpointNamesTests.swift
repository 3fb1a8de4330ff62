import Foundation
import SequenceModels
import TestSupport
import Testing
import Vocabulary

/// docs/checkpoints.md has a row for every array that a model writes.
@Suite struct CheckpointNamesTests {
  private static let configurations: [(ModelSpecification, InputDescription)] = {
    let values = InputDescription(kind: .values(channels: 1), outputCount: 2)
    let blocks = EngineAgreementTests.layers.map { ModelSpecification.blocks(.small($0, normalization: .batch)) }
    let waves = WavesRegressorSpecification(
      modelWidth: 4, modeCount: 2, frequencyScale: 1, filterExponent: 1, filterWeighting: .binsOver10000, decayLearningRate: 0.1,
      frequencyLearningRate: 0.1)
    let denoiser = DenoiserSpecification(modeCount: 2, frequencyStep: 1, filterExponent: 0, filterWeighting: .binsOver10000)
    let delays = DelayModelSpecification.Initialization.allCases.map {
      ModelSpecification.delay(
        DelayModelSpecification(initialization: $0, modeCount: 2, timestep: 0.1, poleLearningRate: 0, timestepLearningRate: 0))
    }
    return blocks.map { ($0, values) } + [(blocks[0], InputDescription(kind: .tokens(vocabularySize: 5), outputCount: 2, documentCount: 2))]
      + ([.wavesRegressor(waves), .denoiser(denoiser)] + delays).map { ($0, values) }
  }()

  /// A row names an array as `decoder.weight`, or as `.bias` beside it; below `kernel.` only what stands behind the last point.
  @Test(arguments: configurations.indices)
  func everyNameIsDocumented(index: Int) throws {
    let page = try String(contentsOfFile: Fixtures.repository + "/docs/checkpoints.md", encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("|") }
    let (configuration, input) = Self.configurations[index]
    for entry in try configuration.makeModel(input: input, seed: 1).weightEntries {
      let name = entry.name.replacing(/^(s4_layers|norms)\.\d+\./) { "\($0.1).<i>." }
      let parts = name.split(separator: ".")
      let last = parts[parts.count - 1]
      let first = parts.dropLast().joined(separator: ".") + ".weight"
      let spellings = name.contains("kernel.") ? [["`\(last)`"]] : [["`\(name)`"], ["`\(first)`", "`.\(last)`"]]
      #expect(rows.contains { row in spellings.contains { $0.allSatisfy(row.contains) } }, "\(entry.name)")
    }
  }
}
