import Arrays
import Operations
import SequenceModels

/// AdamW over the parameters of a model, each with the rate and decay of its group.
package final class Optimizer {
  /// The moments of one trained parameter.
  package struct Moments {
    package let parameter: Parameter
    package let first: Tensor
    package let second: Tensor
    let learningRate: Double
    let weightDecay: Double
  }

  package let moments: [Moments]
  /// Steps done.
  package var stepCount = 0

  /// Parameters whose own rate is 0 are constants and get no moments.
  package init(_ parameters: [Parameter], configuration: OptimizerConfiguration) {
    moments = parameters.compactMap { parameter in
      let (learningRate, weightDecay) = Self.rates(of: parameter.group, configuration)
      guard learningRate != 0 else { return nil }
      return Moments(
        parameter: parameter, first: .zeros(like: parameter.value), second: .zeros(like: parameter.value), learningRate: learningRate,
        weightDecay: weightDecay)
    }
  }

  /// One update with every group's rate times `factor`; gradients are left as they are.
  package func step(factor: Double) {
    stepCount += 1
    for moment in moments {
      AdamW.step(
        value: moment.parameter.value, gradient: moment.parameter.gradient, firstMoment: moment.first, secondMoment: moment.second,
        learningRate: moment.learningRate * factor, weightDecay: moment.weightDecay, step: stepCount)
    }
  }

  private static func rates(of group: Parameter.Group, _ configuration: OptimizerConfiguration) -> (Double, Double) {
    switch group {
    case .general: (configuration.learningRate, configuration.weightDecay)
    case .biasOrNorm: (configuration.learningRate, configuration.decaysBiasesAndNorms ? configuration.weightDecay : 0)
    case .stateSpace(let learningRate, let weightDecay): (learningRate ?? configuration.learningRate, weightDecay)
    }
  }
}
