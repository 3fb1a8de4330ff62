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
    /// `values.npy`: unsigned bytes or floats, [records, length, channels]; the loader computes (x·scale − mean) / deviation.
    case values
    /// `tokens.npy`: all sequences end to end; `offsets.npy`: where each begins, one more entry than records.
    case tokens
  }

  package struct Normalization: Codable, Sendable, Equatable {
    package var scale: Double
    package var mean: [Double]
    package var deviation: [Double]

    package init(scale: Double, mean: [Double], deviation: [Double]) {
      self.scale = scale
      self.mean = mean
      self.deviation = deviation
    }
  }

  package struct SplitCounts: Codable, Sendable, Equatable {
    package var count: Int
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
  package var vocabulary: [String]
  package var classCount: Int
  package var normalization: Normalization?
  /// Counts by split name: train, validation, test.
  package var splits: [String: SplitCounts]
  package var sources: [Source]
  package var generator: Generator?
  /// Made from a subset or another unofficial copy: said in provenance and tables.
  package var unofficial: Bool
  /// Data of another task under a familiar name: for loader tests, refused by training.
  package var standIn: Bool
  /// Remarks for a reader: dropped records, how splits were drawn.
  package var notes: [String]
  /// SHA-256 of each array file.
  package var arrays: [String: String]

  package init(
    family: String, variant: String, inputKind: InputKind, sequenceLength: Int, channelCount: Int, vocabulary: [String],
    classCount: Int, normalization: Normalization?, splits: [String: SplitCounts], sources: [Source], generator: Generator?,
    unofficial: Bool, standIn: Bool, notes: [String], arrays: [String: String]
  ) {
    self.family = family
    self.variant = variant
    self.inputKind = inputKind
    self.sequenceLength = sequenceLength
    self.channelCount = channelCount
    self.vocabulary = vocabulary
    self.classCount = classCount
    self.normalization = normalization
    self.splits = splits
    self.sources = sources
    self.generator = generator
    self.unofficial = unofficial
    self.standIn = standIn
    self.notes = notes
    self.arrays = arrays
  }
}
