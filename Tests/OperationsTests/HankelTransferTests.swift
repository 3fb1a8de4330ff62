import Arrays
import ComplexModule
import Foundation
import ReferenceModels
import TestSupport
import Testing

@testable import Operations

@Suite struct HankelTransferTests {
  private func random(_ shape: [Int], seed: UInt64) -> Tensor {
    var stream = RandomStream(seed: seed, purpose: .testing)
    return Tensor(shape, values: (0..<shape.reduce(1, *)).map { _ in Float(stream.normal()) })
  }

  /// Samples and gradients of both arrays for one upstream gradient.
  private func run(
    on engine: Engine, markov: Tensor, timestep: Tensor, options: HankelTransfer.Options
  ) throws -> [[Double]] {
    let upstream = random([timestep.count, 21, 2], seed: 9)
    return try engine.run([markov, timestep, upstream]) {
      let (markovGradient, timestepGradient) = (Tensor.zeros(like: markov), Tensor.zeros(like: timestep))
      HankelTransfer.backward(
        samplesGradient: upstream, sampleCount: 21, markov: markov, timestep: timestep, markovGradient: markovGradient,
        timestepGradient: timestepGradient, options: options)
      return [
        HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: 21, options: options), markovGradient, timestepGradient,
      ]
    }.map(\.doubles)
  }

  @Test("every second sample doubles the time step, in values and gradients", arguments: Engine.all)
  func samplingRate(engine: Engine) throws {
    let markov = random([3, 5, 2], seed: 1)
    let timestep = Tensor([3], values: [-3, -1, 0.5])
    let doubled = Tensor([3], values: timestep.values().map { $0 + 0.693_147_18 })
    let results = try run(on: engine, markov: markov, timestep: timestep, options: HankelTransfer.Options(samplingRate: 2))
    let expected = try run(on: .host, markov: markov, timestep: doubled, options: HankelTransfer.Options())
    for (result, expected) in zip(results, expected) { #expect(maxRelative(result, expected) < 1e-5) }
  }

  @Test("shared Markov parameters are those of systems with copies of them, and gather the copies' gradients", arguments: Engine.all)
  func shared(engine: Engine) throws {
    // Two directions of four channels, which share two rows each.
    let (directions, width, shared, count) = (2, 4, 2, 3)
    let markov = random([directions * shared, count, 2], seed: 2)
    let timestep = random([directions * width], seed: 3)
    let rows = (0..<directions * width).map { $0 / width * shared + $0 % width % shared }
    let values = markov.values()
    let copies = Tensor([rows.count, count, 2], values: rows.flatMap { values[$0 * 2 * count..<($0 + 1) * 2 * count] })
    let results = try run(on: engine, markov: markov, timestep: timestep, options: HankelTransfer.Options(width: width))
    let expected = try run(on: .host, markov: copies, timestep: timestep, options: HankelTransfer.Options(width: width))
    var gathered = [Double](repeating: 0, count: markov.count)
    for (copy, row) in rows.enumerated() {
      for index in 0..<2 * count { gathered[row * 2 * count + index] += expected[1][copy * 2 * count + index] }
    }
    if engine == .host { #expect(results[0] == expected[0] && results[2] == expected[2]) }
    for (result, expected) in zip(results, [expected[0], gathered, expected[2]]) { #expect(maxRelative(result, expected) < 2e-6) }
  }

  @Test("a cut kernel is the first part of the whole one, and its gradient is zero behind it", arguments: Engine.all)
  func kernelCut(engine: Engine) throws {
    let kernel = random([2, 3, 7], seed: 4)
    let results = try engine.run([kernel]) {
      let cut = KernelCut.forward(kernel, count: 4)
      return [cut, KernelCut.backward(outputGradient: cut, length: 7)]
    }
    let rows = (0..<6).map { (row: Int) -> [Float] in Array(kernel.values()[7 * row..<7 * row + 4]) }
    #expect(results[0].values() == Array(rows.joined()))
    let padded = rows.map { (row: [Float]) -> [Float] in row + [0, 0, 0] }
    #expect(results[1].values() == Array(padded.joined()))
  }

  @Test(
    "mirrored samples are the part that real outputs see, and so are their gradients",
    arguments: Engine.cases([1, 2, 21, 22, 64, 65], onDevice: [1, 2, 4]))
  func mirrored(engine: Engine, sampleCount: Int) throws {
    // Two systems run forward, the third over the reversed sequence; more coefficients than one block of powers has.
    let (markov, timestep) = (random([3, 11, 2], seed: 4), Tensor([3], values: [-0.4, 0.3, 0.8]))
    let options = HankelTransfer.Options(isMirrored: true, reversedFrom: 2)
    let whole = HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: sampleCount)
    func rows(_ tensor: Tensor) -> [[Complex<Double>]] { Rows.cut(Rows.complex(tensor.doubles), tensor.shape[1]) }
    func tensor(_ rows: [[Complex<Double>]]) -> Tensor {
      Tensor([rows.count, rows[0].count, 2], values: Rows.pairs(rows.flatMap { $0 }).map { Float($0) })
    }
    func thirdConjugated(_ rows: [[Complex<Double>]]) -> [[Complex<Double>]] { [rows[0], rows[1], rows[2].map(\.conjugate)] }
    let expected = tensor(thirdConjugated(rows(whole).map(ReferenceSpectrum.mirroredPart)))
    // Of mirrored derivatives those of the bins that are their own mirrors are real.
    let bins = rows(random([3, sampleCount, 2], seed: 5)).map(ReferenceSpectrum.mirroredPart)
    let upstream = tensor(bins)
    let wholeUpstream = tensor(thirdConjugated(bins.map { ReferenceSpectrum.whole($0, length: sampleCount) }))
    // Only Re h has a part in mirrored samples.
    let realMarkov = Tensor(markov.shape, values: markov.values().enumerated().map { $0.offset.isMultiple(of: 2) ? $0.element : 0 })
    func gradients(_ upstream: Tensor, _ options: HankelTransfer.Options) -> [Tensor] {
      let (markovGradient, timestepGradient) = (Tensor.zeros(like: realMarkov), Tensor.zeros(like: timestep))
      HankelTransfer.backward(
        samplesGradient: upstream, sampleCount: sampleCount, markov: realMarkov, timestep: timestep, markovGradient: markovGradient,
        timestepGradient: timestepGradient, options: options)
      return [markovGradient, timestepGradient]
    }
    let results = try engine.run([markov, realMarkov, timestep, upstream]) {
      [HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: sampleCount, options: options)]
        + gradients(upstream, options)
    }
    #expect(results[0].shape == expected.shape && maxRelative(results[0].doubles, expected.doubles) < 2e-6)
    let all = gradients(wholeUpstream, HankelTransfer.Options()).map(\.doubles)
    let half = results.dropFirst().map(\.doubles)
    let real = half[0].indices.filter { $0.isMultiple(of: 2) }
    #expect(maxRelative(real.map { half[0][$0] }, real.map { all[0][$0] }) < 5e-6)
    #expect(half[0].indices.allSatisfy { $0.isMultiple(of: 2) || half[0][$0] == 0 })
    #expect(zip(half[1], all[1]).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test("sums over powers equal Horner's rule in Double; the adjoint is exact", arguments: [1, 8, 9, 64])
  func powers(count: Int) {
    let angles = (0..<16).map { Double($0) * 0.41 - 1.3 }
    let (h, upstream) = (random([(count + 7) / 8 * 8], seed: 6), random([2, 16], seed: 7))
    for index in count..<h.count { h.elements[index] = 0 }
    let lanes = { (value: (Int) -> Double) in (0..<16).reduce(into: Lanes.zero) { $0[$1] = Float(value($1)) } }
    let powers = CirclePowers(cosine: lanes { cos(angles[$0]) }, sine: lanes { sin(angles[$0]) })
    let sum = powers.sum(h.elements, blockCount: h.count / 8)
    let sums = Tensor.zeros([h.count, 16])
    powers.accumulate(
      real: lanes { Double(upstream.elements[$0]) }, imaginary: lanes { Double(upstream.elements[16 + $0]) }, to: sums.elements,
      blockCount: h.count / 8)
    for (point, angle) in angles.enumerated() {
      let terms = (0..<count).map { (Double(h.elements[$0]), -Double($0 + 1) * angle) }
      #expect(abs(Double(sum.real[point]) - terms.reduce(0) { $0 + $1.0 * cos($1.1) }) < 2e-6 * Double(count))
      #expect(abs(Double(sum.imaginary[point]) - terms.reduce(0) { $0 + $1.0 * sin($1.1) }) < 2e-6 * Double(count))
      for index in 0..<count {
        let power = (cos(Double(index + 1) * angle), -sin(Double(index + 1) * angle))
        let expected = Double(upstream.elements[point]) * power.0 + Double(upstream.elements[16 + point]) * power.1
        #expect(abs(Double(sums.elements[16 * index + point]) - expected) < 1e-5)
      }
    }
  }
}
