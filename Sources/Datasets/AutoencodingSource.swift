import Arrays

/// Pictures whose target is the picture itself, clean; stripes may lie over the input.
package struct AutoencodingSource: BatchSource {
  private let pictures: PreparedDataset
  private let width: Int
  /// What the card's normalisation divided each channel by.
  private let deviations: [Double]
  private let stripes: StripeNoise?

  /// - Precondition: `pictures.card.holdsPlainPictures`.
  package init(_ pictures: PreparedDataset, stripes: StripeNoise? = nil) {
    guard let picture = pictures.card.picture, pictures.card.holdsPlainPictures else {
      preconditionFailure("AutoencodingSource: the records are no pictures")
    }
    self.pictures = pictures
    self.stripes = stripes
    width = picture.width
    deviations = pictures.card.normalization?.deviation ?? [Double](repeating: 1, count: pictures.card.channelCount)
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
      stripes.add(to: &picture, width: width, image: position, deviations: deviations)
      noisy += picture
    }
    return Batch(input: .values(HostArray(clean.shape, values: noisy)), target: .numbers(clean))
  }
}

extension DatasetCard {
  /// Whether each record is one picture, its steps row by row, with one normalisation for each channel: no video, no steps of noise
  /// behind it. Cards of permuted pixels name no picture.
  package var holdsPlainPictures: Bool {
    guard let picture, inputKind == .values else { return false }
    return picture.frames == 1 && picture.count == sequenceLength && noiseStepCount == nil && normalization?.isPerStep != true
  }
}
