/// Which prepared data a run reads.
package struct DataSpecification: Encodable, Sendable, Equatable {
  /// Folder below `data/prepared`, and the suffix of the tool that makes it: `lra`, `cifar10`.
  package var family: String
  /// What of the family: `listops-generated`, `listops-released`, `gray`.
  package var variant: String
  /// Numbers that the generator or the preprocessing takes, such as `train`, `seed`; part of the folder's name.
  package var parameters: [String: Int]
  /// At most so many samples of each split, the first of its index list.
  package var limits: SplitLimits
  /// How videos are read; nil for other data.
  package var video: VideoView?

  package struct SplitLimits: Encodable, Sendable, Equatable {
    package var train: Int?
    package var validation: Int?
    package var test: Int?

    package init(train: Int? = nil, validation: Int? = nil, test: Int? = nil) {
      self.train = train
      self.validation = validation
      self.test = test
    }
  }

  package init(
    family: String, variant: String, parameters: [String: Int] = [:], limits: SplitLimits = SplitLimits(), video: VideoView? = nil
  ) {
    self.family = family
    self.variant = variant
    self.parameters = parameters
    self.limits = limits
    self.video = video
  }

  /// `lra/listops-generated-seed-1-test-200`: the folder below `data/prepared`, equal for equal content.
  package var preparedPath: String {
    ([variant] + parameters.sorted { $0.key < $1.key }.map { "\($0.key)-\($0.value)" }).reduce("\(family)/") { path, part in
      path.hasSuffix("/") ? path + part : path + "-" + part
    }
  }
}
