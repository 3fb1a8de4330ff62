import Arrays
import Operations
import SequenceModels
import Vocabulary

extension FilteredBankRun {
  /// The model that trains, but for its β: that is an array like others here, so that it gets a gradient.
  init(engine problem: Problem, on place: ComputePlace) throws {
    let model = Self.model(problem)
    let (batch, width, length) = (problem.shape[0], problem.shape[1], problem.shape[2])
    model.parameters.set(problem.arrays)
    let input = Tensor([batch, model.parts.encoder == nil ? width : 1, length], reals: problem.input)
    let slopes = Tensor(problem.outputShape, reals: problem.outputGradient)
    let results = try place.run(model.parameters.tensors + [input, slopes]) {
      var pass = Pass.training(dropout: RandomStream(seed: 0, purpose: .dropout))
      let (result, cache) = model.forward(.values(input), lengths: nil, pass: &pass)
      let convolved = cache.convolved.copy()
      let bankGradient = model.bankGradient(outputGradient: slopes, cache: cache)
      let inputGradient = model.parts.encoder?.backward(outputGradient: bankGradient, input: input) ?? bankGradient
      let kernel = (model.parts.kernels as? FilteredKernelSource)?.source.kernel(length: length, samplingRate: 1)
      return [convolved, result, inputGradient] + (kernel.map { [$0] } ?? [])
    }.map(\.reals)
    (convolved, output, inputGradient) = (results[0], results[1], results[2])
    kernel = results.dropFirst(3).first ?? []
    gradients = model.parameters.gradients
    exponentGradient = gradients["beta"]?[0] ?? .nan
  }

  private static func model(_ problem: Problem) -> BankModel {
    let (width, modeCount, exponent) = (problem.shape[1], problem.modeCount, problem.exponent)
    let model =
      switch problem.kind {
      case .waves(let outputCount):
        BankModel(
          WavesRegressorSpecification(
            modelWidth: width, modeCount: modeCount, frequencyScale: 1, filterExponent: exponent, filterWeighting: problem.weighting,
            decayLearningRate: 0.001, frequencyLearningRate: 0.001), outputCount: outputCount, seed: 0)
      case .denoising:
        BankModel(
          DenoiserSpecification(modeCount: modeCount, frequencyStep: 1, filterExponent: exponent, filterWeighting: problem.weighting),
          channels: width, seed: 0)
      }
    var parts = model.parts
    if var filtered = parts.kernels as? FilteredKernelSource {
      filtered.exponents = .trained(Parameter("beta", .filterExponent, value: Tensor([1], reals: [exponent])))
      parts.kernels = filtered
    }
    return BankModel(model.specification, parts)
  }
}
