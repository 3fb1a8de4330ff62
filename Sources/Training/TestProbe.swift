import Datasets
import SequenceModels

/// A further look at the trained model: the test split through a probe, or with stripes over the pictures.
///
/// Parts that are nil stay as they were in training.
package struct TestProbe: Encodable, Sendable, Equatable {
  /// The key of its result.
  package var name: String
  /// Keep every r-th step, and speed up the systems by the same factor.
  package var samplingRate: Int?
  package var kernelLength: Int?
  package var layerCount: Int?
  /// Which way the stripes run.
  package var stripes: StripeNoise.Orientation?
  /// m of the stripes.
  package var magnitude: Double?

  package init(
    name: String, samplingRate: Int? = nil, kernelLength: Int? = nil, layerCount: Int? = nil, stripes: StripeNoise.Orientation? = nil,
    magnitude: Double? = nil
  ) {
    self.name = name
    self.samplingRate = samplingRate
    self.kernelLength = kernelLength
    self.layerCount = layerCount
    self.stripes = stripes
    self.magnitude = magnitude
  }

  /// What the model is looked at through, after a training through `trained`.
  package func probe(after trained: Probe) -> Probe {
    trained.overriding(samplingRate: samplingRate, kernelLength: kernelLength, layerCount: layerCount)
  }
}

extension Probe {
  /// This probe with the given parts in place of its own.
  package func overriding(
    samplingRate: Int?, kernelLength: Int?, layerCount: Int?, systemLayerCount: Int? = nil
  ) -> Probe {
    Probe(
      samplingRate: samplingRate ?? self.samplingRate, kernelLength: kernelLength ?? self.kernelLength,
      layerCount: layerCount ?? self.layerCount, systemLayerCount: systemLayerCount ?? self.systemLayerCount)
  }
}
