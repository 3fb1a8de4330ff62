import Operations

/// Some samples of a batch on their way through a model: a part of fixed size, whatever process takes it.
package struct BatchShard {
  package let input: SequenceInput
  /// Valid steps of each sequence; nil when all are full.
  package let lengths: Integers?
  package var pass: Pass

  package init(_ input: SequenceInput, lengths: Integers?, pass: Pass) { (self.input, self.lengths, self.pass) = (input, lengths, pass) }

  /// A part of a batch of training.
  ///
  /// - Parameters:
  ///   - pass: the same for all shards of the batch.
  ///   - first: sequences of the batch before these.
  ///   - wholeCount: sequences of the batch.
  package init(_ input: SequenceInput, lengths: Integers?, pass: Pass, first: Int, wholeCount: Int) {
    self.init(input, lengths: lengths, pass: pass)
    self.pass.window = SampleWindow(first: first, wholeCount: wholeCount)
  }
}
