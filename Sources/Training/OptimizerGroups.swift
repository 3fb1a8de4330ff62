import SequenceModels

/// Which arrays of a model have rates of their own: poles, time steps and their like, by what its specification says.
package struct OptimizerGroups: Sendable {
  /// A learning rate, nil being the global one and 0 never trained, with a weight decay, nil being the global one.
  package struct Group: Sendable, Equatable {
    package var learningRate: Double?
    package var weightDecay: Double? = 0
  }

  private var own: [Parameter.Role: Group]

  /// - Parameter own: groups of the roles that have one; the others follow the optimiser's global numbers.
  package init(_ own: [Parameter.Role: Group] = [:]) { self.own = own }

  /// The groups that the specification of a model names; none for a model without.
  package init(of model: any SequenceModel) { self = (model as? any HasOptimizerGroups)?.optimizerGroups ?? OptimizerGroups() }

  /// The learning rate and weight decay of an array.
  func rates(of role: Parameter.Role, _ configuration: OptimizerConfiguration) -> (learningRate: Double, weightDecay: Double) {
    let decays = role != .biasOrNorm || configuration.decaysBiasesAndNorms
    let general = (learningRate: configuration.learningRate, weightDecay: decays ? configuration.weightDecay : 0)
    guard let group = own[role] else { return general }
    return (group.learningRate ?? general.learningRate, group.weightDecay ?? general.weightDecay)
  }

  /// Whether an array is never trained: its own learning rate is 0.
  package func isFrozen(_ role: Parameter.Role) -> Bool { own[role]?.learningRate == 0 }
}

/// A model whose specification gives some of its arrays rates of their own.
protocol HasOptimizerGroups {
  var optimizerGroups: OptimizerGroups { get }
}

extension SequenceModel {
  /// Trained numbers that change the output of a pass through `probe`, complex ones counted as two.
  package func parameterCount(through probe: Probe = .whole) -> Int {
    let groups = OptimizerGroups(of: self)
    return parameters(through: probe).filter { !groups.isFrozen($0.role) }.reduce(0) { $0 + $1.value.count }
  }
}
