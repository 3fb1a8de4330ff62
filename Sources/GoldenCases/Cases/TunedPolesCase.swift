import Foundation
import SequenceModels
import StateSpace
import Vocabulary

/// Case 03a: α-scaled initial poles: those of the theory, and those that the three models begin with.
enum TunedPolesCase: GoldenCase {
  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let scale = try golden.number("alpha")
    var results: [GoldenResult] = []
    if golden.has("waves_A_imag") {
      let count = try golden.sizes(["waves_A_imag": "N"])["N"]
      switch computation {
      case .engine:
        let model = BankModel(
          WavesRegressorSpecification(
            modelWidth: 1, modeCount: count, frequencyScale: scale, filterExponent: 0, filterWeighting: .binsOver10000Unmirrored,
            decayLearningRate: 0.001, frequencyLearningRate: 0.001), outputCount: 1, seed: 0)
        results.append(GoldenResult("waves_A_imag", model.parameters.reals("kernel.A_imag")))
      case .twin:
        results.append(GoldenResult("waves_A_imag", TunedPoles.waves(scale: scale, modeCount: count).map(\.imaginary)))
      }
    }
    if golden.has("lra_A_imag") {
      let count = try golden.sizes(["lra_A_imag": "N", "lra_A_real": "N"])["N"]
      switch computation {
      case .engine:
        let layer = LayerSpecification.diagonal(KernelPair.diagonal(.tuned, frequencyScale: scale, stateSize: count))
        var initializer = ParameterInitializer(seed: 0)
        let source = try layer.makeKernelSource("kernel", modelWidth: 1, initializer: &initializer)
        results.append(GoldenResult("lra_A_imag", source.parameters.reals("kernel.A_imag")))
        results.append(GoldenResult("lra_A_real", source.parameters.reals("kernel.A_real")))
      case .twin:
        let poles = TunedPoles.longRangeArena(scale: scale, modeCount: count)
        results.append(GoldenResult("lra_A_imag", poles.map { -$0.imaginary }))
        results.append(GoldenResult("lra_A_real", poles.map { log(-$0.real) }))
      }
    }
    if golden.has("denoise_A_imag") {
      let count = try golden.sizes(["denoise_A_imag": "N", "denoise_log_A_real": "N"])["N"]
      switch computation {
      case .engine:
        let model = BankModel(
          DenoiserSpecification(
            modeCount: count, frequencyStep: .pi * scale, filterExponent: 0, filterWeighting: .binsOver10000FlippedByOne), channels: 1,
          seed: 0)
        results.append(GoldenResult("denoise_A_imag", model.parameters.reals("kernel.A_imag")))
        results.append(GoldenResult("denoise_log_A_real", model.parameters.reals("kernel.log_A_real")))
      case .twin:
        let poles = TunedPoles.denoising(spacing: .pi * scale, modeCount: count)
        results.append(GoldenResult("denoise_A_imag", poles.map(\.imaginary)))
        results.append(GoldenResult("denoise_log_A_real", poles.map { log(-$0.real) }))
      }
    }
    return results
  }
}
