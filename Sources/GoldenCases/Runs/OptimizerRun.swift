import Operations
import ReferenceModels
import SequenceModels
import Training

/// Steps of AdamW on one array.
struct OptimizerRun {
  /// The values after each step.
  private(set) var trajectory: [Double] = []
  private(set) var firstMoment: [Double] = []
  private(set) var secondMoment: [Double] = []

  init(_ values: [Double], gradients: [[Double]], learningRate: Double, weightDecay: Double, by computation: Computation) throws {
    switch computation {
    case .engine(let place):
      let parameter = Parameter("value", .weight, value: Tensor([values.count], reals: values))
      let optimizer = Optimizer(
        ParameterSet([parameter]),
        configuration: OptimizerConfiguration(learningRate: learningRate, weightDecay: weightDecay, decaysBiasesAndNorms: false))
      for gradient in gradients {
        parameter.gradient.upload(gradient.map { Float($0) })
        try optimizer.step(on: place)
        trajectory += parameter.value.reals
      }
      (firstMoment, secondMoment) = (optimizer.moments[0].first.reals, optimizer.moments[0].second.reals)
    case .twin:
      var (values, optimizer) = (values, ReferenceAdamW(count: values.count, learningRate: learningRate, weightDecay: weightDecay))
      for gradient in gradients {
        optimizer.update(&values, gradient: gradient)
        trajectory += values
      }
      (firstMoment, secondMoment) = (optimizer.firstMoment, optimizer.secondMoment)
    }
  }
}
