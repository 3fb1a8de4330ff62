import ReferenceModels
import SequenceModels
import StateSpace
import TestSupport
import Vocabulary

extension ModelVariant {
  /// The engine's configuration of the layers.
  var layer: LayerSpecification {
    switch system {
    case .diagonal: .diagonal(diagonalLayer(form, filter: nil))
    case .tuned(let weighting):
      .diagonal(diagonalLayer(form, filter: SobolevFilterSpecification(weighting: weighting, exponent: 0.5, learningRate: 0.01)))
    case .dampedFourier(let angles, let plane, let inputFactor):
      .dampedFourier(
        DampedFourierLayerSpecification(
          angles: angles, plane: plane, inputFactor: inputFactor, stateSize: 6, dampingMinimum: 0.05, dampingMaximum: 0.5,
          bidirectional: bidirectional, poleLearningRate: 0.001, dampingLearningRate: 0.001))
    case .hankel(let directions):
      .hankel(
        HankelLayerSpecification(
          directions: directions, markovCount: 4, systemCount: directions == .halfSpectraOfCopy ? 2 : nil,
          timestepTransform: usesSoftplus ? .softplus : .log, timestepMinimum: 0.05,
          timestepMaximum: 0.5, markovLearningRate: nil, timestepLearningRate: nil))
    }
  }

  func diagonalLayer(_ form: DiagonalLayerSpecification.Form, filter: SobolevFilterSpecification?) -> DiagonalLayerSpecification {
    DiagonalLayerSpecification(
      form: form, initialization: .linear, frequencyScale: filter == nil ? nil : 0.7, stateSize: form == .tuned ? 3 : 6,
      systemCount: form == .minimal ? nil : systemCount, discretization: discretization,
      timestepTransform: usesSoftplus ? .softplus : .log, timestepMinimum: 0.05, timestepMaximum: 0.5, bidirectional: bidirectional,
      poleLearningRate: 0.001, timestepLearningRate: nil, filter: filter)
  }

  /// The twin of the layers' kernels in Double.
  var kernelReference: any ReferenceKernel {
    switch system {
    case .diagonal: diagonalReference(filter: nil)
    case .tuned(let weighting): diagonalReference(filter: weighting.twin)
    case .dampedFourier(_, let plane, let inputFactor): dampedFourierReference(plane, inputFactor)
    case .hankel(let directions):
      ReferenceHankelKernel(
        directions, width: width, systemCount: directions == .halfSpectraOfCopy ? 2 : width, usesSoftplus: usesSoftplus)
    }
  }

  private func diagonalReference(filter: FilterWeighting?) -> ReferenceDiagonalKernel {
    var kernel = ReferenceDiagonalKernel(
      directions: bidirectional ? 2 : 1, width: width, systemCount: form == .minimal ? width : systemCount, modeCount: 3)
    kernel.isMinimal = form == .minimal
    kernel.discretization = discretization
    kernel.usesSoftplus = usesSoftplus
    kernel.hasInputWeights = form == .full
    kernel.filter = filter
    return kernel
  }

  private func dampedFourierReference(
    _ plane: FourierPlane, _ inputFactor: FourierInputFactor
  ) -> ReferenceDiagonalKernel {
    var kernel = ReferenceDiagonalKernel(directions: bidirectional ? 2 : 1, width: width, modeCount: plane == .half ? 3 : 6)
    kernel.dampedFourier = .init(inputFactor: inputFactor, outputFactor: plane == .half ? 2 : 1)
    return kernel
  }
}

extension FilterWeighting {
  fileprivate var twin: FilterWeighting {
    switch self {
    case .cyclesPerSample: .cyclesPerSample
    case .binsOver10000: .binsOver10000
    case .binsOver10000Unmirrored: .binsOver10000Unmirrored
    case .binsOver10000FlippedByOne: .binsOver10000FlippedByOne
    }
  }
}
