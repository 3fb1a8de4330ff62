import SequenceModels
import Vocabulary

extension BlocksSpecification {
  private enum Key: String, CaseIterable {
    case pipeline, layerCount, modelWidth, normalization, prenorm, dropout, tiedDropout, pooling, appendsReversal, layer
  }

  static let mostLayers = 256

  /// Reads the section `model`.
  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    let width = try section[.modelWidth].count(upTo: 65_536, of: "channels")
    self.init(
      pipeline: try section[.pipeline].choice(Pipeline.self),
      layerCount: try section[.layerCount].count(upTo: Self.mostLayers, of: "layers"),
      modelWidth: width,
      normalization: try section[.normalization].choice(Normalization.self),
      prenorm: try section[.prenorm].flag(),
      dropout: try section[.dropout].number("at least 0 and below 1") { $0 >= 0 && $0 < 1 },
      tiedDropout: try section[.tiedDropout].flag(),
      pooling: try section[.pooling].choice(Pooling.self),
      appendsReversal: try section.optional(.appendsReversal)?.flag() ?? false,
      layer: try LayerSpecification(reading: section[.layer], modelWidth: width))
  }
}
