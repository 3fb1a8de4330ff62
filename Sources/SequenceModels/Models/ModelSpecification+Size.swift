import Vocabulary

/// Sizes that follow from a specification alone, so that plans need not build models of the papers' size.
extension ModelSpecification {
  /// Trained numbers; what `parameterCount` of the model would say.
  package func parameterCount(input: InputDescription) -> Int {
    switch self {
    case .blocks(let blocks): blocks.parameterCount(input: input)
    case .wavesRegressor(let waves):
      2 * waves.modelWidth + waves.modelWidth * (1 + 4 * waves.modeCount) + 1 + (waves.modelWidth + 1) * input.outputCount
    case .denoiser(let denoiser): input.outputCount * (1 + 4 * denoiser.modeCount) + input.outputCount * (input.outputCount + 1)
    case .delay(let delay):
      delay.modelWidth * (1 + delay.modeCount * delay.numbersOfMode) + delay.modelWidth
        + (delay.modelWidth + 1) * input.outputCount
    case .convS5(let video): video.parameterCount(channels: input.outputCount)
    }
  }
}

extension DelayModelSpecification {
  /// C and the angle of a damped mode or one with B̄ = 1; of others also Re λ, and the B of an undamped Fourier mode, which is its gain.
  fileprivate var numbersOfMode: Int {
    switch initialization {
    case .linear, .inverse, .legS: 4
    case .undampedFourier: inputFactor == .unit ? 3 : 6
    case .dampedFourier: 3
    }
  }
}

extension BlocksSpecification {
  fileprivate func parameterCount(input: InputDescription) -> Int {
    let (width, outputs) = (modelWidth, layer.outputWidth(modelWidth: modelWidth))
    let block = outputs + layer.systemParameterCount(modelWidth: width) + 2 * width * (outputs + 1) + 2 * width
    let encoder =
      switch input.kind {
      case .values(let channels): width * (channels + 1)
      case .tokens(let vocabularySize): width * vocabularySize
      case .frames: preconditionFailure("BlocksSpecification: frames for a model of sequences")
      }
    let head = input.documentCount == 1 ? (width + 1) * input.outputCount : width * (4 * width + 1) + (width + 1) * input.outputCount
    let lastNormalization = hasLastNormalization ? 2 * width : 0
    return encoder + layerCount * block + lastNormalization + head
  }

  /// After the last block of a pre-norm Lightning model.
  package var hasLastNormalization: Bool { prenorm && pipeline == .lightning }

  /// Rows of a sequence that a layer keeps for the backward pass: the GELU's input, the gate's, and a residual sum that a norm hides.
  package var keptChannels: Int { layer.outputWidth(modelWidth: modelWidth) + (prenorm ? 2 : 3) * modelWidth }

  /// Steps of what a layer reads, for samples of so many.
  package func layerLength(_ sequenceLength: Int) -> Int { (appendsReversal ? 2 : 1) * sequenceLength }

  /// Samples of a batch that go forward and back at once: all, or the first half of a batch that is cut.
  package func samplesOfPass(batchSize: Int, sequenceLength: Int, documentCount: Int) -> Int {
    guard normalization == .layer && documentCount == 1 else { return batchSize }
    let bytes = 4 * keptChannels * layerCount * layerLength(sequenceLength)
    return BatchParts.ranges(count: batchSize, bytesOfSequence: bytes, limit: BatchParts.usualLimit)?.first?.count ?? batchSize
  }
}

extension LayerSpecification {
  /// C: channels of the convolution's output.
  package func outputWidth(modelWidth: Int) -> Int {
    guard case .hankel(let layer) = self, layer.directions == .both || layer.directions == .halfSpectraOfCopy else { return modelWidth }
    return 2 * modelWidth
  }

  /// Systems times stored modes, or Markov parameters, each direction counted: what computing the kernels takes for a step.
  package func kernelTerms(modelWidth: Int) -> Int {
    switch self {
    case .diagonal(let layer): (layer.bidirectional ? 2 : 1) * modelWidth * layer.modeCount
    case .dampedFourier(let layer): (layer.bidirectional ? 2 : 1) * modelWidth * layer.modeCount
    case .hankel(let layer): (layer.directions == .forward ? 1 : 2) * modelWidth * layer.markovCount
    }
  }

  /// Rows of L numbers that the kernels of a layer take: those that stay for the backward pass, and those at work in it: the kernels'
  /// gradient, and in front of a filter the kernels and their gradient once more.
  package func kernelRows(modelWidth: Int) -> (kept: Int, atWork: Int) {
    let outputs = outputWidth(modelWidth: modelWidth)
    switch self {
    case .diagonal(let layer):
      let directions = (layer.bidirectional ? 2 : 1) * outputs
      return layer.filter == nil ? (directions, directions) : (2 * outputs, 2 * outputs + 2 * directions)
    case .dampedFourier(let layer):
      let directions = (layer.bidirectional ? 2 : 1) * outputs
      return (directions, directions)
    case .hankel: return (outputs, outputs)
    }
  }

  /// Trained numbers of the systems, without D.
  fileprivate func systemParameterCount(modelWidth width: Int) -> Int {
    switch self {
    case .diagonal(let layer):
      let systems = layer.form == .minimal ? width : layer.systemCount ?? width
      return width + (layer.form == .full ? 4 : 2) * systems * layer.modeCount + 2 * kernelTerms(modelWidth: width)
        + (layer.filter == nil ? 0 : width)
    case .dampedFourier(let layer):
      return width + (layer.trainsInputWeights == true ? 3 : 1) * width * layer.modeCount + 2 * kernelTerms(modelWidth: width)
    case .hankel(let layer):
      let rows = layer.directions == .forward ? width : 2 * width
      return rows + 2 * rows / width * (layer.systemCount ?? width) * layer.markovCount
    }
  }
}
