import Catalogue
import Datasets
import SequenceModels
import Vocabulary

extension ExperimentConfiguration {
  /// Trained numbers of the model, as the data will make it; nil for data of unknown size, which no experiment may name.
  package var expectedParameterCount: Int? { data.expectedSamples.map { parameterCount(of: $0.description) } }

  /// Trained numbers of the model that such samples make.
  func parameterCount(of samples: SampleDescription) -> Int {
    var input = InputDescription(samples)
    if model.traits.learnsCleanPictures { input.outputCount = samples.input.numberCount }
    return model.parameterCount(input: input)
  }
}

extension SampleInput {
  /// Numbers of a step: channels, or those of a frame; 1 for tokens.
  package var numberCount: Int {
    switch self {
    case .values(let channels): channels
    case .tokens: 1
    case .frames(let shape): shape.count
    }
  }
}
