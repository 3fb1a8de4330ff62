import Foundation
import RunSupport
import StateSpace
import Vocabulary

/// What the `configuration.json` of a run says of its systems and its weights do not.
struct RunConfiguration: Decodable {
  struct Model: Decodable {
    /// Absent for models of blocks.
    var kind: String?
    var layer: Layer?
    /// Of models of one bank, whose β is no weight.
    var filterWeighting: FilterWeighting?
    var filterExponent: Double?
  }

  struct Layer: Decodable {
    var discretization: Discretization?
    var timestepTransform: TimestepTransform?
    var plane: FourierPlane?
    var inputFactor: FourierInputFactor?
    var filter: Filter?
    /// Of HOPE.
    var directions: String?
  }

  struct Filter: Decodable {
    var weighting: FilterWeighting
  }

  struct Data: Decodable {
    var parameters: [String: Int]
  }

  var model: Model
  var data: Data

  /// The points of the transform in which a model of one bank filters: the waves' circle, and pictures with as many zeros behind them.
  var filterPointCount: Int? {
    switch model.kind {
    case "wavesRegressor": return data.parameters["sequenceLength"]
    case "denoiser":
      guard let height = data.parameters["height"], let width = data.parameters["width"] else { return nil }
      return 2 * height * width
    default: return nil
    }
  }

  /// The released form of HOPE, in which two rows fill the halves of one spectrum.
  var hasHalfSpectra: Bool { model.layer?.directions?.hasPrefix("halfSpectra") ?? false }

  /// The configuration of the run that weights belong to: beside them, or up to two folders above; nil for weights by themselves.
  ///
  /// - Throws: `StageError` (`badData`) if it cannot be read.
  static func ofRun(withWeights path: String) throws -> RunConfiguration? {
    var folder = path as NSString
    for _ in 0..<3 {
      folder = folder.deletingLastPathComponent as NSString
      let file = folder.appendingPathComponent("configuration.json")
      guard let content = FileManager.default.contents(atPath: file) else { continue }
      do {
        return try JSONDecoder().decode(RunConfiguration.self, from: content)
      } catch {
        throw StageError(
          .badData, "the configuration of the run cannot be read", where: file, why: "\(error)",
          fix: "restore the file, or copy the weights elsewhere and say with options what they mean")
      }
    }
    return nil
  }
}

extension CheckpointOptions {
  /// With what the configuration says where nothing else is asked for.
  func completed(by configuration: RunConfiguration) -> CheckpointOptions {
    var options = self
    let (model, layer) = (configuration.model, configuration.model.layer)
    options.discretization = discretization ?? layer?.discretization
    options.plane = plane ?? layer?.plane
    options.inputFactor = inputFactor ?? layer?.inputFactor
    options.timestepTransform = timestepTransform ?? layer?.timestepTransform
    options.filterWeighting = filterWeighting ?? layer?.filter?.weighting ?? model.filterWeighting
    options.filterPointCount = filterPointCount ?? configuration.filterPointCount
    return options
  }
}
