import Vocabulary

extension BlocksSpecification {
  /// Blocks that train in milliseconds.
  package static func small(
    _ layer: LayerSpecification, pipeline: Pipeline = .lightning, layers: Int = 2, width: Int = 4, normalization: Normalization = .layer,
    dropout: Double = 0
  ) -> BlocksSpecification {
    BlocksSpecification(
      pipeline: pipeline, layerCount: layers, modelWidth: width, normalization: normalization, prenorm: true, dropout: dropout,
      tiedDropout: true, pooling: .mean, layer: layer)
  }
}

extension DiagonalLayerSpecification {
  /// S4D-Lin in its minimal form.
  package static func small(stateSize: Int, bidirectional: Bool) -> DiagonalLayerSpecification {
    DiagonalLayerSpecification(
      form: .minimal, initialization: .linear, stateSize: stateSize, timestepTransform: .log, timestepMinimum: 0.01, timestepMaximum: 0.1,
      bidirectional: bidirectional, poleLearningRate: 0.001, timestepLearningRate: nil)
  }
}
