import Datasets

extension Experiment {
  /// The prepared data that it reads; nil if its samples are made on the fly.
  package var preparedData: DataDescription? {
    configuration.data.generatedTask == nil ? configuration.data.description : nil
  }
}
