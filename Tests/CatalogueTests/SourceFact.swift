import Documents
import TestSupport

/// What one file of the original authors, or a table of a paper, says under one key.
struct SourceFact {
  let key: String
  let value: String
}

/// The committed list of facts (`source-facts.csv`), by source and, of a table, by row.
struct SourceFacts {
  private let facts: [String: [String: String]]
  private let sources: Set<String>

  init() throws {
    let table = try CSVTable(fromFile: Fixtures.path("source-facts.csv"), fix: "restore it from the repository")
    var facts: [String: [String: String]] = [:]
    for row in table.rows { facts["\(row[0])|\(row[1])", default: [:]][row[2]] = row[3] }
    self.facts = facts
    sources = Set(table.rows.map { $0[0] })
  }

  /// The listed files that a source names, in its order: `AnnanYu/HOPE-SSM run_cifar.sh, run_cifar.py`.
  func files(named text: String) -> [String] {
    var repository = ""
    return text.matches(of: /DFOUT Table 5|state-spaces\/s4|AnnanYu\/[A-Za-z-]+|[A-Za-z0-9_.\/-]+\.(?:yaml|py|sh)/).compactMap { match in
      let name = String(match.0)
      if name == "state-spaces/s4" || name.hasPrefix("AnnanYu/") {
        repository = name
        return nil
      }
      return name.hasPrefix("DFOUT") ? name : "\(repository) \(name)"
    }.filter(sources.contains)
  }

  /// The first of the keys that one of the files has, earlier files first.
  ///
  /// - Parameter rows: what a row of a table may be called for this experiment.
  func first(_ keys: [String], in files: [String], rows: [String], where holds: (String) -> Bool = { _ in true }) -> SourceFact? {
    for file in files {
      for row in [""] + rows {
        for key in keys {
          if let value = facts["\(file)|\(row)"]?[key], holds(value) { return SourceFact(key: key, value: value) }
        }
      }
    }
    return nil
  }

  /// The keys under which original files hold a value, by its path in a configuration; a schedule over epochs has other keys than one over
  /// steps.
  static func keys(of path: String, scheduleOverSteps: Bool) -> [String]? {
    if path == "training.schedule.total", !scheduleOverSteps { return ["--epochs_scheduler", "T_max", "--epochs", "trainer.max_epochs"] }
    return keys[path]
  }

  private static let keys = [
    "model.layerCount": ["model.n_layers", "--n_layers", "layers"],
    "model.modelWidth": ["model.d_model", "--d_model", "d_model"],
    "model.normalization": ["model.norm", "norm"],
    "model.prenorm": ["model.prenorm", "--prenorm", "prenorm"],
    "model.dropout": ["model.dropout", "--dropout", "dropout"],
    "model.tiedDropout": ["model.tie_dropout", "tie_dropout"],
    "model.pooling": ["decoder.mode", "pooling"],
    "model.layer.stateSize": ["model.layer.d_state", "d_state"],
    "model.layer.systemCount": ["model.layer.n_ssm"],
    "model.layer.timestepMinimum": ["model.layer.dt_min", "--min_dt", "dt_min"],
    "model.layer.timestepMaximum": ["model.layer.dt_max", "--max_dt", "dt_max"],
    "model.layer.timestepTransform": ["model.layer.dt_transform", "dt_transform"],
    "model.layer.dampingMinimum": ["xi_min"],
    "model.layer.dampingMaximum": ["xi_max"],
    "model.layer.bidirectional": ["model.layer.bidirectional", "bidirectional"],
    "model.layer.poleLearningRate": ["model.layer.lr.A", "model.layer.lr", "layer.A.lr"],
    "model.layer.poleWeightDecay": ["layer.A.weight_decay"],
    "model.layer.markovLearningRate": ["--lr_min", "layer.lr"],
    "model.layer.markovWeightDecay": ["--wd"],
    "model.layer.timestepLearningRate": ["model.layer.lr.dt", "model.layer.lr", "layer.log_dt.lr", "--lr_dt"],
    "model.layer.dampingLearningRate": ["model.layer.lr.dt", "model.layer.lr", "model.layer.lr.A"],
    "model.layer.frequencyScale": ["model.layer.freqscale"],
    "model.layer.filter.learningRate": ["model.layer.lr_s"],
    "model.layer.discretization": ["disc"],
    "data.parameters.sequenceLength": ["l_seq", "L"],
    "data.parameters.lag": ["l_lag"],
    "data.parameters.train": ["n_train", "N"],
    "data.parameters.test": ["n_eval", "N_test"],
    "training.optimizer.decaysBiasesAndNorms": ["train.optimizer_param_grouping.bias_weight_decay"],
    "training.batchSize": ["loader.batch_size", "--batch_size", "batch", "batch_size"],
    "training.epochs": ["trainer.max_epochs", "--epochs", "epochs"],
    "training.optimizer.learningRate": ["optimizer.lr", "--lr", "lr"],
    "training.optimizer.weightDecay": ["optimizer.weight_decay", "--weight_decay", "weight_decay"],
    "training.schedule.warmup": ["scheduler.num_warmup_steps", "--warmup"],
    "training.schedule.total": ["scheduler.num_training_steps"],
    "training.schedule.halvingEpochs": ["scheduler.milestones"],
  ]

  /// What our files call a value of the original ones.
  static let names = [
    "pool": "mean", "BN": "batch", "LN": "layer", "LayerNorm": "layer", "BatchNorm1d": "batch", "exp": "log", "zoh": "zeroOrderHold",
    "mean over the second half": "meanOfSecondHalf",
  ]
}
