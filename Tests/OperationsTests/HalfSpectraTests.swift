import ComplexModule
import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct HalfSpectraTests {
  @Test("joined halves are the mirrored part of the whole spectrum, and the split is the gradient", arguments: Engine.all, [2, 5, 16])
  func agrees(engine: Engine, count: Int) throws {
    let width = 3
    let (samples, gradient) = (Tensor.random([2 * width, count, 2], lane: 1), Tensor.random([width, count + 1, 2], lane: 2))
    let results = try engine.run([samples, gradient]) { [HalfSpectra.join(samples), HalfSpectra.split(gradient)] }
    let rows = Rows.cut(Rows.complex(samples.doubles), count)
    let spectra = (0..<width).map { rows[$0] + rows[width + $0].reversed() }
    #expect(results[0].shape == [width, count + 1, 2])
    #expect(maxRelative(results[0].doubles, Rows.pairs(spectra.flatMap(ReferenceSpectrum.mirroredPart))) < 2e-7)
    // Derivatives by all bins: bin f of the first system, and its mirror, bin 2S − f, for the second.
    let slopes = Rows.cut(Rows.complex(gradient.doubles), count + 1)
    let expected = slopes.map { Array($0.prefix(count)) } + slopes.map { $0.suffix(count).map(\.conjugate) }
    #expect(results[1].values() == Rows.pairs(expected.flatMap { $0 }).map { Float($0) })
  }
}
