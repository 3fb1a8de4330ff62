import Catalogue
import Datasets
import Runs
import SequenceModels
import Vocabulary

extension ExperimentConfiguration {
  /// Trained numbers of the model, as the data will make it; nil for data of unknown size, which no experiment may name.
  package var expectedParameterCount: Int? {
    guard let samples = data.expectedSamples else { return nil }
    var input = InputDescription(samples.description)
    if model.traits.learnsCleanPictures { input.outputCount = samples.description.channels }
    return model.parameterCount(input: input)
  }
}

extension SampleDescription {
  /// Channels of a step; 1 for tokens.
  var channels: Int { if case .values(let channels) = input { channels } else { 1 } }
}
