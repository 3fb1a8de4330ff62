import Arrays

/// A model of which a pass may leave out parts: see `Probe`.
package protocol Probeable: SequenceModel {
  /// Parameters that change the output of a pass through `probe`.
  func parametersUsed(by probe: Probe) -> ParameterSet
}

/// A model that takes a large batch of training in parts.
package protocol CutsBatches: SequenceModel {
  /// How to cut a batch of training that one pass should not take as a whole; nil where it may, or where its sequences belong together.
  func parts(of input: SequenceInput, through probe: Probe) -> [Range<Int>]?
}

/// A model whose layers convolve with kernels.
package protocol HasKernels: SequenceModel {
  /// Steps of what the layers read, for samples of so many steps.
  func kernelLength(sequenceLength: Int) -> Int

  /// The impulse response of each layer, shape [directions, H, length].
  func kernels(length: Int) -> [HostArray]
}

extension HasKernels {
  package func kernelLength(sequenceLength: Int) -> Int { sequenceLength }
}

/// A model whose systems can be changed by the numbers that define them.
package protocol HasSystemValues: SequenceModel {
  /// In a fixed order, layer by layer.
  var systemValues: [SystemValues] { get }
}

/// A model of one bank of systems, which trains their poles.
package protocol HasPoles: SequenceModel {
  /// λ of every mode, channel by channel, one pole of each conjugate pair.
  var poles: [BankModel.Pole] { get }
}
