import Datasets
import SequenceModels
import Training
import Vocabulary

extension RunInputs {
  /// Whether model, probes and samples fit each other.
  ///
  /// - Throws: `StageError` (`badConfiguration`) otherwise.
  func check() throws {
    try checkModel()
    try checkSampleCount()
    try checkPadding()
    try check(probe)
    for look in configuration.training.probes ?? [] {
      if look.stripes != nil && answers != .cleanPicture {
        throw Self.misfit("training.probes", "stripes are for denoisers, and this is a model of kind \(configuration.model.kind.rawValue)")
      }
      try check(look.probe(after: probe))
    }
  }

  /// Whether a pass through a probe is possible.
  ///
  /// - Throws: `StageError` (`badConfiguration`) otherwise.
  package func check(_ probe: Probe) throws {
    guard let blocks = configuration.model.blocks else {
      if probe == .whole { return }
      throw Self.misfit("training.probe", "sampling rate, kernel length and number of layers belong to models of blocks")
    }
    if let layerCount = probe.layerCount, layerCount > blocks.layerCount {
      throw Self.misfit("layerCount", "\(layerCount) layers of a model that has \(blocks.layerCount)")
    }
    if let count = probe.systemLayerCount {
      guard count <= probe.layerCount ?? blocks.layerCount else {
        throw Self.misfit("systemLayerCount", "the systems of \(count) layers of a model that has \(probe.layerCount ?? blocks.layerCount)")
      }
      if case .hankel(let layer) = blocks.layer, layer.directions == .both || layer.directions == .halfSpectraOfCopy {
        throw Self.misfit("systemLayerCount", "each channel has two systems here, which no identity replaces")
      }
    }
    if probe.kernelLength != nil && blocks.layer.kind == .hankel {
      throw Self.misfit("kernelLength", "the kernel of a layer of kind hankel is a circle, which has no end to cut")
    }
    let length = data.description.sequenceLength
    if probe.samplingRate > 1, case .tokens = data.description.input {
      throw Self.misfit("samplingRate", "tokens have no sampling rate")
    }
    guard probe.samplingRate <= max(1, length) else {
      throw Self.misfit("samplingRate", "every \(probe.samplingRate)th step of sequences that have \(length)")
    }
    try checkHalfSpectra(blocks, length: length.steps(keepingEvery: probe.samplingRate))
  }

  /// Two halves of a spectrum need an even number of points; a sequence with its reversal always has one.
  private func checkHalfSpectra(_ blocks: BlocksSpecification, length: Int) throws {
    guard case .hankel(let layer) = blocks.layer, layer.directions == .halfSpectra, !blocks.appendsReversal else { return }
    guard length.isMultiple(of: 2) else {
      throw Self.misfit("model.layer.directions", "halfSpectra needs sequences of an even number of steps, and these have \(length)")
    }
  }

  /// Whether model and samples have the same kind of ends.
  private func checkModel() throws {
    let (model, samples) = (configuration.model, data.description)
    guard model.traits.accepts(samples.input, documentCount: samples.documentCount, answers: answers) else {
      throw Self.misfit(
        "model.kind", "a model of kind \(model.kind.rawValue) cannot learn \(configuration.data.preparedPath)")
    }
  }

  /// Only sequences of tokens end at different steps.
  private func checkPadding() throws {
    if configuration.training.paddingMultiple == nil { return }
    guard case .tokens = data.description.input else {
      throw Self.misfit("training.paddingMultiple", "sequences of values have one length and are not padded")
    }
  }

  /// The delay task draws every sequence of every epoch from a lane of its own, and a lane is a number of 32 bits.
  private func checkSampleCount() throws {
    guard configuration.data.generatedTask == .delay else { return }
    let evaluationCount = data.count(of: .validation) + data.count(of: .test)
    let trainingCount = data.count(of: .train) * configuration.training.epochs
    guard evaluationCount + trainingCount <= UInt32.max else {
      throw Self.misfit(
        "training.epochs", "\(evaluationCount + trainingCount) different sequences of the delay task, at most \(UInt32.max) can be drawn")
    }
  }
}
