import Arrays

/// HOPE's released form of two directions: the samples of one system fill the first half of a spectrum, those of a second system the other
/// half backwards.
///
/// Each half already samples its own full circle, so this is an empirical parameterisation and not the transfer function of a system.
///
/// - Source: the released code of HOPE (Yu et al., 2025), its last version. Checked against golden case 04.
package enum HalfSpectra {
  /// [H, 2S, 2] from [2H, S, 2].
  package static func join(_ samples: Tensor) -> Tensor {
    precondition(samples.shape.count == 3 && samples.shape[0].isMultiple(of: 2), "HalfSpectra: samples \(samples.shape)")
    let spectra = Tensor(uninitialized: [samples.shape[0] / 2, 2 * samples.shape[1], 2])
    forEachPair(width: spectra.shape[0], count: samples.shape[1]) { sample, bin in
      spectra.elements[2 * bin] = samples.elements[2 * sample]
      spectra.elements[2 * bin + 1] = samples.elements[2 * sample + 1]
    }
    return spectra
  }

  /// Each pair of [H, 2S, 2] back to its place in [2H, S, 2]: also the gradient of `join`.
  package static func split(_ spectra: Tensor) -> Tensor {
    precondition(spectra.shape.count == 3 && spectra.shape[1].isMultiple(of: 2), "HalfSpectra: spectra \(spectra.shape)")
    let samples = Tensor(uninitialized: [2 * spectra.shape[0], spectra.shape[1] / 2, 2])
    forEachPair(width: spectra.shape[0], count: samples.shape[1]) { sample, bin in
      samples.elements[2 * sample] = spectra.elements[2 * bin]
      samples.elements[2 * sample + 1] = spectra.elements[2 * bin + 1]
    }
    return samples
  }

  /// Calls `body` with the flat places of a sample in [2H, S] and of its bin in [H, 2S].
  @inline(always)
  private static func forEachPair(width: Int, count: Int, _ body: (Int, Int) -> Void) {
    for channel in 0..<width {
      for index in 0..<count {
        body(channel * count + index, 2 * channel * count + index)
        body((width + channel) * count + index, 2 * (channel + 1) * count - 1 - index)
      }
    }
  }
}
