import Operations
import SequenceModels

/// AdamW over the parameters of a model, each with the rate and decay of its group, in one step over their flat buffers.
package final class Optimizer {
  /// The moments of one trained parameter: slices of the optimiser's buffers.
  package struct Moments {
    package let parameter: Parameter
    package let first: Tensor
    package let second: Tensor
    fileprivate let slice: AdamW.Slice
  }

  /// Moments of the trained parameters alone: what is frozen or not among the parameters given has none and stays as it is.
  package let moments: [Moments]
  /// Steps done.
  package var stepCount = 0

  private let parameters: ParameterSet
  /// Moments of all parameters, laid out as the parameters' buffers.
  private let first: Tensor
  private let second: Tensor
  private let secondMomentDecay: Double

  /// Parameters whose own rate is 0 are constants and get no moments.
  package init(_ parameters: ParameterSet, groups: OptimizerGroups = OptimizerGroups(), configuration: OptimizerConfiguration) {
    let (first, second) = (Tensor.zeros(like: parameters.values), Tensor.zeros(like: parameters.values))
    (self.parameters, self.first, self.second) = (parameters, first, second)
    secondMomentDecay = configuration.secondMomentDecay ?? 0.999
    moments = parameters.enumerated().compactMap { index, parameter in
      let (learningRate, weightDecay) = groups.rates(of: parameter.role, configuration)
      guard learningRate != 0 else { return nil }
      let (range, shape) = (parameters.slice(index), parameter.value.shape)
      return Moments(
        parameter: parameter, first: first.slice(from: range.lowerBound, shape), second: second.slice(from: range.lowerBound, shape),
        slice: AdamW.Slice(range, learningRate: learningRate, weightDecay: weightDecay))
    }
  }

  /// An optimiser of what a pass through `probe` reads of a model, with the groups that the model's specification names.
  package convenience init(_ model: any SequenceModel, through probe: Probe = .whole, configuration: OptimizerConfiguration) {
    self.init(model.parameters(through: probe), groups: OptimizerGroups(of: model), configuration: configuration)
  }

  /// One update with every group's rate times `factor`; gradients are left as they are.
  package func step(factor: Double) {
    stepCount += 1
    AdamW.step(
      moments.map { $0.slice.scaled(by: factor) }, values: parameters.values, gradients: parameters.gradients, firstMoments: first,
      secondMoments: second, step: stepCount, beta2: secondMomentDecay)
  }
}

extension Optimizer {
  /// The update in a program, to which values, gradients and moments are lent.
  package func record(_ numbers: AdamW.StepNumbers) {
    for moment in moments {
      AdamW.record(
        moment.slice, numbers, value: moment.parameter.value, gradient: moment.parameter.gradient, firstMoment: moment.first,
        secondMoment: moment.second, beta2: secondMomentDecay)
    }
  }

  /// The arguments of the next step of a program, which it counts.
  package func nextStepNumbers(factor: Double) -> [Double] {
    stepCount += 1
    return AdamW.StepNumbers.values(factor: factor, step: stepCount, beta2: secondMomentDecay)
  }
}

extension AdamW.Slice {
  fileprivate func scaled(by factor: Double) -> AdamW.Slice {
    AdamW.Slice(range, learningRate: learningRate * factor, weightDecay: weightDecay)
  }
}
