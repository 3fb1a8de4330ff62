import SequenceModels
import StateSpace

extension ModelConfiguration {
  private enum Key: String, CaseIterable {
    case pipeline, layerCount, modelWidth, normalization, prenorm, dropout, tiedDropout, pooling, layer
  }

  /// Reads the section `model`.
  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    let width = try section[.modelWidth].count(upTo: 65_536, of: "channels")
    self.init(
      pipeline: try section[.pipeline].choice(Pipeline.self),
      layerCount: try section[.layerCount].count(upTo: 256, of: "layers"),
      modelWidth: width,
      normalization: try section[.normalization].choice(Normalization.self),
      prenorm: try section[.prenorm].flag(),
      dropout: try section[.dropout].number("at least 0 and below 1") { $0 >= 0 && $0 < 1 },
      tiedDropout: try section[.tiedDropout].flag(),
      pooling: try section[.pooling].choice(Pooling.self),
      layer: try DiagonalLayerConfiguration(reading: section[.layer], modelWidth: width))
  }
}

extension DiagonalLayerConfiguration {
  private enum Key: String, CaseIterable {
    case form, initialization, stateSize, systemCount, discretization, timestepTransform, timestepMinimum, timestepMaximum
    case bidirectional, poleLearningRate, timestepLearningRate
  }

  /// Reads the section `model.layer` of a model with `modelWidth` channels.
  init(reading node: ConfigurationNode, modelWidth: Int) throws {
    let section = try node.section(Key.self)
    let form = try section[.form].choice(Form.self)
    let timestepMinimum = try section[.timestepMinimum].number("at least 1e-9") { $0 >= 1e-9 }
    let systemCount = try section.optional(.systemCount)?.integer(
      form == .full ? "a divisor of the width \(modelWidth)" : "absent in the form `minimal`, which has one system per channel"
    ) { form == .full && $0 > 0 && modelWidth % $0 == 0 }
    self.init(
      form: form,
      initialization: try section[.initialization].choice(InitialPoles.Name.self),
      stateSize: try section[.stateSize].integer("an even number from 2 to 65536 (half as many complex modes are stored)") {
        (2...65_536).contains($0) && $0 % 2 == 0
      },
      systemCount: systemCount,
      discretization: try section[.discretization].choice(Discretization.self),
      timestepTransform: try section[.timestepTransform].choice(TimestepTransform.self),
      timestepMinimum: timestepMinimum,
      timestepMaximum: try section[.timestepMaximum].number("from timestepMinimum, \(timestepMinimum), to 100") {
        $0 >= timestepMinimum && $0 <= 100
      },
      bidirectional: try section[.bidirectional].flag(),
      poleLearningRate: try section[.poleLearningRate].number("at least 0") { $0 >= 0 },
      timestepLearningRate: try section.optional(.timestepLearningRate)?.number("at least 0") { $0 >= 0 })
  }
}
