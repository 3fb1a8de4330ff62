import Catalogue
import Foundation
import RunSupport
import SequenceModels
import Vocabulary

extension CheckpointOptions {
  /// With what the configuration of the run that the weights belong to says where nothing else is asked for; it lies beside them, or up to
  /// two folders above. Weights by themselves have none.
  ///
  /// - Throws: `StageError` (`badData`) if it cannot be read.
  func completed(byRunWithWeights path: String) throws -> CheckpointOptions {
    var folder = path as NSString
    for _ in 0..<3 {
      folder = folder.deletingLastPathComponent as NSString
      let file = folder.appendingPathComponent("configuration.json")
      guard FileManager.default.fileExists(atPath: file) else { continue }
      do {
        return completed(by: try ExperimentConfiguration(fromFile: file))
      } catch {
        throw StageError(
          .badData, "the configuration of the run cannot be read", where: file,
          why: (error as? StageError).map { "\($0.what): \($0.why)" } ?? "\(error)",
          fix: "restore the file, or copy the weights elsewhere and say with options what they mean")
      }
    }
    return self
  }

  private func completed(by run: ExperimentConfiguration) -> CheckpointOptions {
    var options = self
    switch run.model {
    case .blocks(let blocks): options.complete(by: blocks.layer)
    case .wavesRegressor(let model):
      options.filterExponent = model.filterExponent
      options.filterWeighting = filterWeighting ?? model.filterWeighting
      // The waves' circle.
      options.filterPointCount = filterPointCount ?? run.data.parameters["sequenceLength"]
    case .denoiser(let model):
      options.filterExponent = model.filterExponent
      options.filterWeighting = filterWeighting ?? model.filterWeighting
      if let height = run.data.parameters["height"], let width = run.data.parameters["width"] {
        // Pictures with as many zeros behind them.
        options.filterPointCount = filterPointCount ?? 2 * height * width
      }
    case .delay(let model): options.inputFactor = inputFactor ?? model.inputFactor
    // Its systems act on pictures, so none can be read by itself.
    case .convS5: break
    }
    return options
  }

  private mutating func complete(by layer: LayerSpecification) {
    switch layer {
    case .diagonal(let layer):
      discretization = discretization ?? layer.discretization
      timestepTransform = timestepTransform ?? layer.timestepTransform
      filterWeighting = filterWeighting ?? layer.filter?.weighting
    case .dampedFourier(let layer):
      plane = plane ?? layer.plane
      inputFactor = inputFactor ?? layer.inputFactor
    case .hankel(let layer):
      timestepTransform = timestepTransform ?? layer.timestepTransform
      hasHalfSpectra = layer.directions.hasHalfSpectra
    }
  }
}
