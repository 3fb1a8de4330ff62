import Arrays
import Operations
import Vocabulary

/// Whether a forward pass trains (dropout active, batch statistics updated) or evaluates, and through which probe.
package struct Pass {
  package enum Mode {
    /// The stream feeds dropout masks and moves on with every mask.
    case training(dropout: RandomStream)
    case evaluation
  }

  package var mode: Mode
  package var probe: Probe
  /// Where the samples of the pass stand in their batch; nil if they are all of it. Masks are drawn for the whole batch.
  package var window: SampleWindow?

  package static func training(dropout: RandomStream, probe: Probe = .whole) -> Pass {
    Pass(mode: .training(dropout: dropout), probe: probe)
  }

  package static var evaluation: Pass { Pass(mode: .evaluation, probe: .whole) }

  package static func evaluation(through probe: Probe) -> Pass { Pass(mode: .evaluation, probe: probe) }

  var isTraining: Bool {
    if case .training = mode { true } else { false }
  }
}

/// Samples of a batch that one pass takes.
package struct SampleWindow: Sendable, Equatable {
  /// Counted from 0 in the whole batch.
  package let first: Int
  /// Samples of the whole batch.
  package let wholeCount: Int
}

/// What a pass changes about a model without changing its weights.
package struct Probe: Codable, Sendable, Hashable {
  /// r when the input keeps every r-th sample only: time steps, or log-poles of DFouT, times r.
  package var samplingRate: Int
  /// Kernels keep their first coefficients of each direction only; nil keeps all (DFOUT Figure 5).
  package var kernelLength: Int?
  /// The first blocks only: the others are left out whole, with norm, mixing and residual sum; nil uses all (DFOUT Figure 5).
  package var layerCount: Int?
  /// The systems of the first blocks only: those of the others, D included, are the identity, and norm, mixing and residual sum stay; nil uses
  /// all. The other reading of DFOUT Figure 5, whose text replaces "SSM layers with identity mappings".
  package var systemLayerCount: Int?

  package init(samplingRate: Int = 1, kernelLength: Int? = nil, layerCount: Int? = nil, systemLayerCount: Int? = nil) {
    self.samplingRate = samplingRate
    self.kernelLength = kernelLength
    self.layerCount = layerCount
    self.systemLayerCount = systemLayerCount
  }

  /// Whether the systems of a layer, counted from 0, are part of the model.
  package func usesSystems(ofLayer layer: Int) -> Bool { layer < min(layerCount ?? .max, systemLayerCount ?? .max) }

  package static let whole = Probe()
}

/// A batch of sequences as a model takes it.
package typealias SequenceInput = InputSequences<Tensor, Integers>

/// What the data decide about a model.
package struct InputDescription: Sendable, Equatable {
  package var kind: SampleInput
  /// Classes, or real numbers to predict.
  package var outputCount: Int
  /// Sequences of a sample; of a pair the first B rows of a batch are all first ones, the next B rows all second ones.
  package var documentCount: Int

  package init(kind: SampleInput, outputCount: Int, documentCount: Int = 1) {
    self.kind = kind
    self.outputCount = outputCount
    self.documentCount = documentCount
  }
}
