import Vocabulary

/// What the samples of a run are, known before they are made: what a plan's hours and memory follow from.
package struct ExpectedSamples: Sendable, Equatable {
  /// As `BatchSource.description` says it. Of tokens the length is the longest that the rules of the data allow, the vocabulary the
  /// usual one.
  package var description: SampleDescription
  /// Samples of each split.
  package var counts: [Split: Int]
  /// Bytes of a stored record, of a video all its frames; 0 where samples are made on the fly.
  package let bytesOfRecord: Int

  /// - Parameter bytesOfStep: of a stored step, all channels together.
  package init(_ description: SampleDescription, counts: [Split: Int], bytesOfStep: Int) {
    self.description = description
    self.counts = counts
    bytesOfRecord = description.sequenceLength * bytesOfStep
  }
}

extension DataSpecification {
  /// The samples that a run takes, after its limits; nil for data that no experiment may name.
  ///
  /// Counts are those of the official files. BIDMC's windows with missing values are counted too.
  package var expectedSamples: ExpectedSamples? {
    guard var samples = generatedTask.map({ $0.expectedSamples(parameters) }) ?? description.expectedSamples(video) else { return nil }
    for split in Split.allCases {
      guard let limit = limits[split], let count = samples.counts[split] else { continue }
      samples.counts[split] = min(limit, count)
    }
    return samples
  }

  /// Samples to train on, after the limit; nil for data that no experiment may name.
  package var trainingRecords: Int? { expectedSamples?.counts[.train] }
}

extension GeneratedTask {
  fileprivate func expectedSamples(_ parameters: [String: Int]) -> ExpectedSamples {
    let outputs = self == .waves ? WaveTask.frequencies.count : 1
    return ExpectedSamples(
      SampleDescription(
        input: .values(channels: 1), target: .numbers(outputs), sequenceLength: parameters["sequenceLength", default: 0]),
      counts: ExpectedSamples.counts(parameters), bytesOfStep: 0)
  }
}

extension ExpectedSamples {
  /// Counts that the parameters of a generator say.
  static func counts(_ parameters: [String: Int]) -> [Split: Int] {
    Dictionary(uniqueKeysWithValues: Split.allCases.map { ($0, parameters[$0.rawValue, default: 0]) })
  }

  static func counts(_ train: Int, _ validation: Int, _ test: Int) -> [Split: Int] {
    [.train: train, .validation: validation, .test: test]
  }
}
