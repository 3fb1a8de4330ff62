import Accelerators

/// HOPE's released form of two directions: the samples of one system fill the first half of a spectrum of 2S bins, those of a second system
/// the other half backwards. What a real input sees of it is its mirrored part (`CircularSpectrum`), bins 0 … S.
///
/// Each half already samples its own full circle, so this is an empirical parameterisation and not the transfer function of a system.
///
/// - Source: the released code of HOPE (Yu et al., 2025), its last version. Checked against golden case 04.
package enum HalfSpectra {
  /// The mirrored part, [H, S + 1, 2], from [2H, S, 2]: a and b give (a_f + conj b_(f−1))/2 at bin f.
  package static func join(_ samples: Tensor) -> Tensor {
    precondition(samples.shape.count == 3 && samples.shape[0].isMultiple(of: 2), "HalfSpectra: samples \(samples.shape)")
    if let program = Program.recording(samples) { return record(program, samples) }
    let (width, count) = (samples.shape[0] / 2, samples.shape[1])
    let spectra = Tensor(uninitialized: [width, count + 1, 2])
    for channel in 0..<width {
      let first = samples.elements + 2 * channel * count
      let second = samples.elements + 2 * (width + channel) * count
      let bins = spectra.elements + 2 * channel * (count + 1)
      for bin in 1..<count {
        bins[2 * bin] = (first[2 * bin] + second[2 * bin - 2]) / 2
        bins[2 * bin + 1] = (first[2 * bin + 1] - second[2 * bin - 1]) / 2
      }
      // These two are their own mirrors: bin 0 is a₀, bin S is the last of b.
      (bins[0], bins[1]) = (first[0], 0)
      (bins[2 * count], bins[2 * count + 1]) = (second[2 * count - 2], 0)
    }
    return spectra
  }

  /// The gradient of both systems' samples, [2H, S, 2], from the derivatives by each of the 2S bins, given at 0 … S.
  package static func split(_ gradient: Tensor) -> Tensor {
    precondition(gradient.shape.count == 3 && gradient.shape[1] > 1, "HalfSpectra: gradient \(gradient.shape)")
    if let program = Program.recording(gradient) { return recordSplit(program, gradient) }
    let (width, count) = (gradient.shape[0], gradient.shape[1] - 1)
    let samples = Tensor(uninitialized: [2 * width, count, 2])
    for channel in 0..<width {
      let first = samples.elements + 2 * channel * count
      let second = samples.elements + 2 * (width + channel) * count
      let bins = gradient.elements + 2 * channel * (count + 1)
      for index in 0..<count {
        (first[2 * index], first[2 * index + 1]) = (bins[2 * index], bins[2 * index + 1])
        (second[2 * index], second[2 * index + 1]) = (bins[2 * index + 2], -bins[2 * index + 3])
      }
    }
    return samples
  }
}
