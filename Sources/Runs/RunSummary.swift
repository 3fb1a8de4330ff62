import Catalogue
import Vocabulary

/// What a finished run reached: `summary.json`, written last of all files of a run.
package struct RunSummary: Codable, Sendable, Equatable {
  /// Prepared data that the run read.
  package struct DataCard: Codable, Sendable, Equatable {
    /// Path of the card below `data/prepared`.
    package var path: String
    package var sha256: String

    package init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// Result of the trained model on the test split, through a probe.
  package struct ProbeResult: Codable, Sendable, Equatable {
    package var name: String
    package var value: Double
    package var loss: Double
    /// What leaving noisy pictures as they are would lose.
    package var inputLoss: Double?
    /// As that of the summary.
    package var errorVariance: Double?

    package init(name: String, value: Double, loss: Double, inputLoss: Double? = nil, errorVariance: Double? = nil) {
      self.name = name
      self.value = value
      self.loss = loss
      self.inputLoss = inputLoss
      self.errorVariance = errorVariance
    }
  }

  package var experiment: String
  package var preset: Preset
  package var seed: UInt64
  package var metric: Metric
  /// The metric on the whole test split at the chosen epoch; an accuracy is 0 to 1.
  package var value: Double
  package var testLoss: Double
  package var testCount: Int
  /// The epoch with the best validation accuracy, or with the lowest validation loss, from 1.
  package var bestEpoch: Int
  package var validationValue: Double
  package var validationLoss: Double
  package var epochs: Int
  package var steps: Int
  package var parameterCount: Int
  /// The share of the most frequent class in the test split; of errors that of always answering with the mean of the training targets.
  package var chance: Double
  package var wallSeconds: Double
  package var peakMemoryMB: Double
  /// Trained on a subset or another unofficial copy.
  package var unofficialData: Bool
  /// Trained on data of another task; never true for a run that counts.
  package var standIn: Bool
  /// Revision of the code, as `git rev-parse HEAD` prints it.
  package var revision: String
  /// Whether the code differed from that revision.
  package var dirty: Bool
  package var dataCards: [DataCard]
  /// SHA-256 of what decides the bits besides configuration and data.
  package var fingerprint: String
  /// The device that trained, as `cuda, NVIDIA H100 80GB HBM3, tf32`; absent where our own engine did.
  package var device: String?
  /// Results of `training.probes`, in their order; absent if there are none.
  package var probes: [ProbeResult]?
  /// Mean absolute error of each output on the test split, for the metric `mae`.
  package var outputErrors: [Double]?
  /// Variance over the test samples of a sample's error: its squared error for `rmse` and `mse`, its absolute one for `mae`, each the mean
  /// over outputs and steps. Absent of an accuracy, which gives it, and from summaries of earlier versions.
  package var errorVariance: Double?
  /// The same of each output alone, for the metric `mae`.
  package var outputErrorVariances: [Double]?
  /// SHA-256 of the rule of each claim that the run helps to decide, unchanged since training began, by the claim's id; absent from runs that
  /// help with none, and from summaries of earlier versions.
  package var claimRules: [String: String]?
  /// SHA-256 of each small file of the run and of its best weights, by their paths in the run's folder; not of the log, which grows, nor of what
  /// is added later. Absent from summaries of earlier versions.
  package var files: [String: String]?
  /// SHA-256 of the summary's own text without these 64 digits; set by `text`.
  package var summarySHA256: String?

  package init(
    experiment: String, preset: Preset, seed: UInt64, metric: Metric, value: Double, testLoss: Double, testCount: Int,
    bestEpoch: Int, validationValue: Double, validationLoss: Double, epochs: Int, steps: Int, parameterCount: Int, chance: Double,
    wallSeconds: Double, peakMemoryMB: Double, unofficialData: Bool, standIn: Bool, revision: String, dirty: Bool, dataCards: [DataCard],
    fingerprint: String, device: String? = nil, probes: [ProbeResult]? = nil, outputErrors: [Double]? = nil, errorVariance: Double? = nil,
    outputErrorVariances: [Double]? = nil, claimRules: [String: String]? = nil, files: [String: String]? = nil
  ) {
    self.experiment = experiment
    self.preset = preset
    self.seed = seed
    self.metric = metric
    self.value = value
    self.testLoss = testLoss
    self.testCount = testCount
    self.bestEpoch = bestEpoch
    self.validationValue = validationValue
    self.validationLoss = validationLoss
    self.epochs = epochs
    self.steps = steps
    self.parameterCount = parameterCount
    self.chance = chance
    self.wallSeconds = wallSeconds
    self.peakMemoryMB = peakMemoryMB
    self.unofficialData = unofficialData
    self.standIn = standIn
    self.revision = revision
    self.dirty = dirty
    self.dataCards = dataCards
    self.fingerprint = fingerprint
    self.device = device
    self.probes = probes
    self.outputErrors = outputErrors
    self.errorVariance = errorVariance
    self.outputErrorVariances = outputErrorVariances
    self.claimRules = claimRules
    self.files = files
  }
}
