import Arrays

/// Pictures whose target is the picture itself, clean; stripes may lie over the input.
package struct AutoencodingSource: BatchSource {
  private let pictures: PreparedDataset
  private let width: Int
  /// What the card's normalisation divided each channel by, together with its scale.
  private let deviation: Double
  private let stripes: StripeNoise?

  /// - Precondition: the records are pictures of values.
  package init(_ pictures: PreparedDataset, stripes: StripeNoise? = nil) {
    guard let picture = pictures.card.picture, pictures.card.inputKind == .values else {
      preconditionFailure("AutoencodingSource: the records are no pictures")
    }
    self.pictures = pictures
    self.stripes = stripes
    width = picture.width
    deviation = pictures.card.normalization?.deviation.first ?? 1
  }

  package var description: SampleDescription {
    var description = pictures.description
    description.target = .numbers(pictures.card.channelCount)
    return description
  }

  package func count(of split: Split) -> Int { pictures.count(of: split) }

  package func target(_ positions: some Collection<Int>, of split: Split) -> Batch.Target {
    batch(positions, of: split, visit: .first).target
  }

  package func batch(_ positions: some Collection<Int>, of split: Split, visit: Visit) -> Batch {
    guard case .values(let clean) = pictures.batch(positions, of: split, visit: visit).input else {
      preconditionFailure("AutoencodingSource: the records are no pictures")
    }
    guard let stripes else { return Batch(input: .values(clean), target: .numbers(clean)) }
    let size = clean.count / clean.shape[0]
    let all = clean.values()
    var noisy: [Float] = []
    for (row, position) in positions.enumerated() {
      var picture = Array(all[row * size..<(row + 1) * size])
      stripes.add(to: &picture, channelCount: clean.shape[1], width: width, image: position, deviation: deviation)
      noisy += picture
    }
    return Batch(input: .values(Tensor(clean.shape, values: noisy)), target: .numbers(clean))
  }
}
