import ComplexModule

/// Spectra of which only the bins 0 … L/2 are stored, because those above are the conjugates of those below.
package enum ReferenceSpectrum {
  /// What real outputs show of any samples g on a circle of L points: (g_f + conj g_(L−f))/2 at the bins 0 … L/2.
  package static func mirroredPart(of samples: [Complex<Double>]) -> [Complex<Double>] {
    let count = samples.count
    return (0...count / 2).map { (samples[$0] + samples[(count - $0) % count].conjugate) / 2 }
  }

  /// All L bins; also the gradient of `mirroredPart`, from derivatives by each of the L bins.
  package static func whole(_ bins: [Complex<Double>], length: Int) -> [Complex<Double>] {
    (0..<length).map { $0 <= length / 2 ? bins[$0] : bins[length - $0].conjugate }
  }
}
