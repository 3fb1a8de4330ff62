/// A value that papers and released files report of a training configuration: a column of the list of reported configurations.
package enum ReportedQuantity: String, CaseIterable, Sendable {
  case layers, width, state, systems, norm, prenorm, dropout, tiedDropout, rate, systemRate, timestepRate, filterRate, batch, epochs
  case warmup, schedule, total, halvingEpochs, weightDecay, minimum, maximum, initialization, scale, frequencyStep, exponent
  case bidirectional, directions, appendsReversal, pooling, seeds

  /// What readers call it.
  package var title: String {
    switch self {
    case .layers: "layers"
    case .width: "width (d_model)"
    case .state: "state (d_state, modes or Markov parameters)"
    case .systems: "systems (n_ssm)"
    case .norm: "normalisation"
    case .prenorm: "norm before the layer"
    case .dropout: "dropout"
    case .tiedDropout: "dropout tied over steps"
    case .rate: "learning rate"
    case .systemRate: "rate of poles or Markov parameters"
    case .timestepRate: "rate of Δ or ξ"
    case .filterRate: "rate of the filter"
    case .batch: "batch"
    case .epochs: "epochs"
    case .warmup: "warm-up"
    case .schedule: "schedule"
    case .total: "end of the schedule"
    case .halvingEpochs: "epochs to each halving"
    case .weightDecay: "weight decay"
    case .minimum: "smallest Δ or ξ"
    case .maximum: "largest Δ or ξ"
    case .initialization: "initialisation"
    case .scale: "α"
    case .frequencyStep: "step of the frequencies"
    case .exponent: "β at the start"
    case .bidirectional: "both directions"
    case .directions: "directions of HOPE's layer"
    case .appendsReversal: "reversal appended to the input"
    case .pooling: "pooling"
    case .seeds: "seeds"
    }
  }

  /// Where a configuration holds it; the models have keys of their own.
  var paths: [String] {
    switch self {
    case .layers: ["model.layerCount"]
    case .width: ["model.modelWidth"]
    case .state: ["model.layer.stateSize", "model.layer.markovCount", "model.modeCount"]
    case .systems: ["model.layer.systemCount"]
    case .norm: ["model.normalization"]
    case .prenorm: ["model.prenorm"]
    case .dropout: ["model.dropout"]
    case .tiedDropout: ["model.tiedDropout"]
    case .rate: ["training.optimizer.learningRate"]
    case .systemRate:
      ["model.layer.poleLearningRate", "model.layer.markovLearningRate", "model.poleLearningRate", "model.frequencyLearningRate"]
    case .timestepRate: ["model.layer.timestepLearningRate", "model.layer.dampingLearningRate", "model.timestepLearningRate"]
    case .filterRate: ["model.layer.filter.learningRate"]
    case .batch: ["training.batchSize"]
    case .epochs: ["training.epochs"]
    case .warmup: ["training.schedule.warmup"]
    case .schedule: ["training.schedule.kind"]
    case .total: ["training.schedule.total"]
    case .halvingEpochs: ["training.schedule.halvingEpochs"]
    case .weightDecay: ["training.optimizer.weightDecay"]
    case .minimum: ["model.layer.timestepMinimum", "model.layer.dampingMinimum", "model.timestep", "model.timestepMinimum"]
    case .maximum: ["model.layer.timestepMaximum", "model.layer.dampingMaximum", "model.timestep", "model.timestepMaximum"]
    case .initialization: ["model.layer.initialization", "model.layer.angles", "model.initialization"]
    case .scale: ["model.layer.frequencyScale", "model.frequencyScale"]
    case .frequencyStep: ["model.frequencyStep"]
    case .exponent: ["model.layer.filter.exponent", "model.filterExponent"]
    case .bidirectional: ["model.layer.bidirectional"]
    case .directions: ["model.layer.directions"]
    case .appendsReversal: ["model.appendsReversal"]
    case .pooling: ["model.pooling"]
    case .seeds: ["seeds"]
    }
  }

  /// Where its value stands if the configuration has no key of its own for it: a layer without a rate learns at the general one, and a
  /// layer without a number of systems has one for each channel.
  var fallback: ReportedQuantity? {
    switch self {
    case .systemRate, .timestepRate: .rate
    case .systems: .width
    default: nil
    }
  }
}
