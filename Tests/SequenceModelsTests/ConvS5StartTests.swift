import Foundation
import Operations
import SequenceModels
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// Starting values of the model of videos.
@Suite struct ConvS5StartTests {
  private static func specification(frequencyScale: Double = 1) -> ConvS5Specification {
    ConvS5Specification(
      encoderWidths: [16, 24], modelWidth: 32, layerCount: 2, modeCount: 16, groupCount: 8, frequencyScale: frequencyScale)
  }

  private func values(frequencyScale: Double = 1) throws -> [String: (shape: [Int], values: [Double])] {
    let model = try ConvS5(Self.specification(frequencyScale: frequencyScale), channels: 3, seed: 9)
    return Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, ($0.value.shape, $0.value.doubles)) })
  }

  @Test("weights have a variance of one over the inputs of a sum, biases are 0, norms 1")
  func weights() throws {
    for (name, (shape, values)) in try values() {
      let meanSquare = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
      if name.contains("norm") {
        #expect(values.allSatisfy { $0 == (name.hasSuffix("weight") ? 1 : 0) }, "\(name)")
      } else if name.hasSuffix("bias") {
        #expect(meanSquare == 0, "\(name)")
      } else if name.hasSuffix("weight") {
        // The mixing map also reads the action.
        let inputs = name.hasPrefix("mixing") ? 25 : shape.dropFirst().reduce(1, *)
        // Four standard errors of a mean of squares of these truncated numbers, whose variance is 1.2.
        #expect(abs(meanSquare * Double(inputs) - 1) < 4 * (1.2 / Double(values.count)).squareRoot(), "\(name)")
      }
    }
  }

  @Test("systems start at HiPPO-LegS, B and C with two over the inputs of a sum, both parts together")
  func systems() throws {
    let values = try values()
    let poles = try InitialPoles.poles(.legS, stateSize: 32)
    for layer in 0..<2 {
      func value(_ name: String) -> [Double] { values["layers.\(layer).system.\(name)"]?.values ?? [] }
      #expect(maxRelative(value("real"), poles.map(\.real)) < 1e-7)
      #expect(maxRelative(value("imaginary"), poles.map(\.imaginary)) < 1e-7)
      #expect(value("log_timestep").allSatisfy { (log(0.001) - 1e-6...log(0.1) + 1e-6).contains($0) })
      let spread = (value("log_timestep").max() ?? 0) - (value("log_timestep").min() ?? 0)
      #expect(spread > log(100) / 2)
      for (name, inputs) in [("B", 32 * 9), ("C", 32 * 9)] {
        let meanSquare = 2 * value(name).reduce(0) { $0 + $1 * $1 } / Double(value(name).count)
        #expect(abs(meanSquare * Double(inputs) / 2 - 1) < 0.1, "\(name)")
      }
    }
  }

  @Test("α scales Im λ and nothing else", arguments: [0.1, 10])
  func frequencyScale(scale: Double) throws {
    let (usual, scaled) = (try values(), try values(frequencyScale: scale))
    #expect(usual.keys == scaled.keys)
    for (name, (_, values)) in usual {
      let factor = name.hasSuffix("imaginary") ? scale : 1
      #expect(maxRelative(scaled[name]?.values ?? [], values.map { factor * $0 }) < 1e-6, "\(name)")
    }
  }
}
