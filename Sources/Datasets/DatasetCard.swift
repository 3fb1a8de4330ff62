/// What a prepared dataset is made of: `card.json` beside its arrays.
package struct DatasetCard: Codable, Sendable, Equatable {
  package struct Source: Codable, Sendable, Equatable {
    package var name: String
    package var sha256: String
    package var bytes: Int
    package var official: Bool

    package init(name: String, sha256: String, bytes: Int, official: Bool) {
      self.name = name
      self.sha256 = sha256
      self.bytes = bytes
      self.official = official
    }
  }

  package struct Generator: Codable, Sendable, Equatable {
    package var name: String
    package var parameters: [String: Int]

    package init(name: String, parameters: [String: Int]) {
      self.name = name
      self.parameters = parameters
    }
  }

  package enum InputKind: String, Codable, Sendable {
    /// `values.npy`: u1, i2 or f4, [records, length, channels]; the loader computes (x·scale − mean) / deviation.
    case values
    /// `tokens.npy`: all sequences end to end; `offsets.npy`: where each begins, one more entry than sequences.
    case tokens
  }

  /// What is learnt.
  package enum TargetKind: String, Codable, Sendable {
    /// `labels.npy`: i4, from 0.
    case classes
    /// `targets.npy`: f4, one real number a record, not normalised.
    case real
  }

  package struct Normalization: Codable, Sendable, Equatable {
    package var scale: Double
    /// One number a channel; empty if they differ from step to step.
    package var mean: [Double]
    package var deviation: [Double]
    /// True: `step-mean.npy` and `step-deviation.npy`, f4, [length, channels], hold means and deviations instead.
    package var isPerStep: Bool?

    package init(scale: Double, mean: [Double], deviation: [Double], isPerStep: Bool? = nil) {
      self.scale = scale
      self.mean = mean
      self.deviation = deviation
      self.isPerStep = isPerStep
    }
  }

  package struct SplitCounts: Codable, Sendable, Equatable {
    package var count: Int
    /// Empty for real targets.
    package var perClass: [Int]

    package init(count: Int, perClass: [Int]) {
      self.count = count
      self.perClass = perClass
    }
  }

  package var family: String
  package var variant: String
  package var inputKind: InputKind
  /// Longest sequence (tokens) or the length of all (values), in steps.
  package var sequenceLength: Int
  /// Channels of a step; 1 for tokens.
  package var channelCount: Int
  /// Words in index order, specials first; empty for values.
  package var vocabulary: [String] = []
  /// 0 for real targets.
  package var classCount: Int
  package var normalization: Normalization?
  // Cards that do not need one of the next five leave it out.
  /// Classes if absent.
  package var targetKind: TargetKind?
  /// Sequences of a record, 1 if absent; in `offsets.npy` those of a record follow each other.
  package var documentCount: Int?
  /// The last so many of `sequenceLength` steps are not stored: numbers uniform on [0, 1), not normalised, new at every visit
  /// of training; an evaluation is always the first visit.
  package var noiseStepCount: Int?
  /// Steps of the original signal for one step here, 1 if absent: what a model trained on the original multiplies its Δ by.
  package var samplingRate: Int?
  /// Set if the steps of a record are the pixels of a picture or video.
  package var picture: PictureShape?
  /// Counts by split name: train, validation, test.
  package var splits: [String: SplitCounts] = [:]
  package var sources: [Source] = []
  package var generator: Generator?
  /// Made from a subset or another unofficial copy: said in provenance and tables.
  package var unofficial = false
  /// Data of another task under a familiar name: for loader tests, refused by training.
  package var standIn = false
  /// Remarks for a reader: dropped records, how splits were drawn.
  package var notes: [String] = []
  /// SHA-256 of each array file.
  package var arrays: [String: String] = [:]

  /// A card of one channel without counts, sources and remarks.
  package init(
    family: String, variant: String, inputKind: InputKind, sequenceLength: Int = 0, channelCount: Int = 1, classCount: Int
  ) {
    self.family = family
    self.variant = variant
    self.inputKind = inputKind
    self.sequenceLength = sequenceLength
    self.channelCount = channelCount
    self.classCount = classCount
  }
}
