import Vocabulary

extension LayerSpecification {
  /// The twin of the layer's kernels.
  package func referenceKernel(modelWidth: Int) -> any ReferenceKernel {
    switch self {
    case .diagonal(let layer):
      let isMinimal = layer.form == .minimal
      var kernel = ReferenceDiagonalKernel(
        directions: layer.bidirectional ? 2 : 1, width: modelWidth, systemCount: isMinimal ? nil : layer.systemCount,
        modeCount: layer.modeCount)
      kernel.isMinimal = isMinimal
      kernel.discretization = layer.discretization
      kernel.usesSoftplus = layer.timestepTransform == .softplus
      kernel.hasInputWeights = layer.form == .full
      kernel.filter = layer.filter?.weighting
      return kernel
    case .dampedFourier(let layer):
      var kernel = ReferenceDiagonalKernel(directions: layer.bidirectional ? 2 : 1, width: modelWidth, modeCount: layer.modeCount)
      kernel.dampedFourier = .init(inputFactor: layer.inputFactor, outputFactor: layer.plane == .half ? 2 : 1)
      kernel.hasInputWeights = layer.trainsInputWeights == true
      return kernel
    case .hankel(let layer):
      return ReferenceHankelKernel(
        layer.directions, width: modelWidth, systemCount: layer.systemCount, usesSoftplus: layer.timestepTransform == .softplus)
    }
  }
}
