/// What a run has to know about a model besides its sizes; the specification of every model says it.
package protocol ModelTraits: Encodable, Sendable {
  /// Whether it can learn samples of this form, so many sequences each, with such answers.
  func accepts(_ input: SampleInput, documentCount: Int, answers: AnswerKind) -> Bool

  /// Whether its answer is the input itself without what was laid over it.
  var learnsCleanPictures: Bool { get }

  /// The number by which its runs are reported where the answers are no classes.
  var metric: Metric { get }

  /// What its runs write besides their metrics, in this order.
  var reports: [ReportKind] { get }
}

extension ModelTraits {
  package var learnsCleanPictures: Bool { false }
}

extension BlocksSpecification: ModelTraits {
  package func accepts(_ input: SampleInput, documentCount: Int, answers: AnswerKind) -> Bool {
    switch input {
    case .values: answers != .numbersOfSteps && documentCount == 1
    case .tokens: documentCount <= 2
    case .frames: false
    }
  }

  package var metric: Metric { .rootMeanSquaredError }
  package var reports: [ReportKind] { [.kernels, .responses(lagCount: 1024), .systems] }
}

extension WavesRegressorSpecification: ModelTraits {
  package func accepts(_ input: SampleInput, documentCount: Int, answers: AnswerKind) -> Bool {
    input == .values(channels: 1) && answers == .numbers
  }

  package var metric: Metric { .meanAbsoluteError }
  package var reports: [ReportKind] { [.kernels, .responses(lagCount: 1024), .poles] }
}

extension DenoiserSpecification: ModelTraits {
  package func accepts(_ input: SampleInput, documentCount: Int, answers: AnswerKind) -> Bool { answers == .cleanPicture }

  package var learnsCleanPictures: Bool { true }
  package var metric: Metric { .meanSquaredError }
  package var reports: [ReportKind] { [.kernels, .responses(lagCount: 1024), .pictures] }
}

extension DelayModelSpecification: ModelTraits {
  package func accepts(_ input: SampleInput, documentCount: Int, answers: AnswerKind) -> Bool {
    input == .values(channels: 1) && answers == .numbersOfSteps
  }

  package var metric: Metric { .meanSquaredError }
  /// The one system must look back a thousand steps and more.
  package var reports: [ReportKind] { [.kernels, .responses(lagCount: 4096)] }
}

extension ConvS5Specification: ModelTraits {
  package func accepts(_ input: SampleInput, documentCount: Int, answers: AnswerKind) -> Bool {
    guard case .frames(let shape) = input else { return false }
    return answers == .nextFrames && shape.height.isMultiple(of: reduction) && shape.width.isMultiple(of: reduction)
  }

  package var metric: Metric { .meanSquaredError }
  package var reports: [ReportKind] { [.videos] }
}
