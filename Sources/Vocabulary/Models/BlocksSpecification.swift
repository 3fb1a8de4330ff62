/// Everything that shapes a sequence model apart from what the data decide (input kind, classes).
package struct BlocksSpecification: Encodable, Sendable, Equatable {
  /// Which of the two reference pipelines the residual block follows.
  package enum Pipeline: String, Codable, Sendable, CaseIterable {
    /// Dropout before and after the activation and on the branch; a last norm when `prenorm`.
    case lightning
    /// One dropout inside the layer and one on whole channels of the branch; never a last norm.
    case script
  }

  package enum Normalization: String, Codable, Sendable, CaseIterable { case layer, batch }

  package var pipeline: Pipeline
  package var layerCount: Int
  /// H, the number of channels.
  package var modelWidth: Int
  package var normalization: Normalization
  /// Normalise before the layer; else after the residual sum.
  package var prenorm: Bool
  package var dropout: Double
  /// One mask per sample and channel, shared over time.
  package var tiedDropout: Bool
  package var pooling: Pooling
  /// Every block reads the sequence followed by its reversal, one sequence of twice the length, also in the last mean (HOPE's scripts).
  package var appendsReversal: Bool
  package var layer: LayerSpecification

  package init(
    pipeline: Pipeline, layerCount: Int, modelWidth: Int, normalization: Normalization, prenorm: Bool, dropout: Double,
    tiedDropout: Bool, pooling: Pooling, appendsReversal: Bool = false, layer: LayerSpecification
  ) {
    self.pipeline = pipeline
    self.layerCount = layerCount
    self.modelWidth = modelWidth
    self.normalization = normalization
    self.prenorm = prenorm
    self.dropout = dropout
    self.tiedDropout = tiedDropout
    self.pooling = pooling
    self.appendsReversal = appendsReversal
    self.layer = layer
  }
}
