/// What a result of the experiment says, for tables and figures.
extension Experiment {
  /// Whether it follows the released files of a paper to the letter, also where they differ from its text.
  package var isAsReleased: Bool { id.hasSuffix("-released") }

  /// Whether a paper prints its result in the row of its method, which is not so of variants of ours.
  package var hasPrintedRow: Bool { answers.contains { !$0.isExtra && $0.cell.row == method } }

  /// Whether its runs only prove that the path works: generated pairs of documents say nothing about the task.
  package var provesPathOnly: Bool { configuration.data.variant == "retrieval-generated" }
}
