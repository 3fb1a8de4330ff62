import Arrays

extension BatchSource {
  /// Every r-th step of this source, beginning with the first; nothing is filtered, so frequencies above the new limit alias.
  ///
  /// - Precondition: with `rate` above 1 the inputs are values, and the targets belong to samples, not to steps.
  package func keeping(every rate: Int) -> any BatchSource { rate == 1 ? self : SlicedSource(whole: self, rate: rate) }
}

/// Every r-th step of another source.
private struct SlicedSource: BatchSource {
  let whole: any BatchSource
  let rate: Int

  var description: SampleDescription {
    var description = whole.description
    description.sequenceLength = description.sequenceLength.steps(keepingEvery: rate)
    return description
  }

  func count(of split: Split) -> Int { whole.count(of: split) }

  func target(_ positions: some Collection<Int>, of split: Split) -> Batch.Target { whole.target(positions, of: split) }

  func batch(_ positions: some Collection<Int>, of split: Split, visit: Visit) -> Batch {
    let batch = whole.batch(positions, of: split, visit: visit)
    guard case .values(let values) = batch.input else { preconditionFailure("SlicedSource: tokens cannot be sliced") }
    return Batch(input: .values(sliced(values)), target: batch.target)
  }

  private func sliced(_ values: HostArray) -> HostArray {
    let (rows, length) = (values.shape[0] * values.shape[1], values.shape[2])
    let all = values.values()
    var kept: [Float] = []
    for row in 0..<rows { for step in stride(from: row * length, to: (row + 1) * length, by: rate) { kept.append(all[step]) } }
    return HostArray([values.shape[0], values.shape[1], length.steps(keepingEvery: rate)], values: kept)
  }
}

extension Int {
  /// How many of so many steps are left when every r-th is kept, beginning with the first.
  package func steps(keepingEvery rate: Int) -> Int { self == 0 ? 0 : (self - 1) / rate + 1 }
}
