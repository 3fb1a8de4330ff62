import Arrays
import Operations
import TestSupport
import Testing

@Suite struct HankelTransferTests {
  private func random(_ shape: [Int], seed: UInt64) -> Tensor {
    var stream = RandomStream(seed: seed, purpose: .testing)
    return Tensor(shape, values: (0..<shape.reduce(1, *)).map { _ in Float(stream.normal()) })
  }

  /// Samples and gradients of both arrays for one upstream gradient.
  private func run(markov: Tensor, timestep: Tensor, options: HankelTransfer.Options) -> [[Double]] {
    let samples = HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: 21, options: options)
    let (markovGradient, timestepGradient) = (Tensor.zeros(like: markov), Tensor.zeros(like: timestep))
    HankelTransfer.backward(
      samplesGradient: random(samples.shape, seed: 9), markov: markov, timestep: timestep, markovGradient: markovGradient,
      timestepGradient: timestepGradient, options: options)
    return [samples.doubles, markovGradient.doubles, timestepGradient.doubles]
  }

  @Test("every second sample doubles the time step, in values and gradients")
  func samplingRate() {
    let markov = random([3, 5, 2], seed: 1)
    let timestep = Tensor([3], values: [-3, -1, 0.5])
    let doubled = Tensor([3], values: timestep.values().map { $0 + 0.693_147_18 })
    let results = run(markov: markov, timestep: timestep, options: HankelTransfer.Options(samplingRate: 2))
    let expected = run(markov: markov, timestep: doubled, options: HankelTransfer.Options())
    for (result, expected) in zip(results, expected) { #expect(maxRelative(result, expected) < 1e-5) }
  }

  @Test("shared Markov parameters are those of systems with copies of them, and gather the copies' gradients")
  func shared() {
    // Two directions of four channels, which share two rows each.
    let (directions, width, shared, count) = (2, 4, 2, 3)
    let markov = random([directions * shared, count, 2], seed: 2)
    let timestep = random([directions * width], seed: 3)
    let rows = (0..<directions * width).map { $0 / width * shared + $0 % width % shared }
    let values = markov.values()
    let copies = Tensor([rows.count, count, 2], values: rows.flatMap { values[$0 * 2 * count..<($0 + 1) * 2 * count] })
    let results = run(markov: markov, timestep: timestep, options: HankelTransfer.Options(width: width))
    let expected = run(markov: copies, timestep: timestep, options: HankelTransfer.Options(width: width))
    var gathered = [Double](repeating: 0, count: markov.count)
    for (copy, row) in rows.enumerated() {
      for index in 0..<2 * count { gathered[row * 2 * count + index] += expected[1][copy * 2 * count + index] }
    }
    #expect(results[0] == expected[0] && results[2] == expected[2])
    #expect(maxRelative(results[1], gathered) < 1e-6)
  }

  @Test("a cut kernel is the first part of the whole one, and its gradient is zero behind it")
  func kernelCut() {
    let kernel = random([2, 3, 7], seed: 4)
    let cut = KernelCut.forward(kernel, count: 4)
    let rows = (0..<6).map { (row: Int) -> [Float] in Array(kernel.values()[7 * row..<7 * row + 4]) }
    #expect(cut.values() == Array(rows.joined()))
    let back = KernelCut.backward(outputGradient: cut, length: 7).values()
    let padded = rows.map { (row: [Float]) -> [Float] in row + [0, 0, 0] }
    #expect(back == Array(padded.joined()))
  }

  @Test("mirrored samples are the part that real outputs see, and so are their gradients", arguments: [1, 2, 21, 22, 64, 65])
  func mirrored(sampleCount: Int) {
    let (markov, timestep) = (random([3, 5, 2], seed: 4), Tensor([3], values: [-0.4, 0.3, 0.8]))
    let options = HankelTransfer.Options(isMirrored: true)
    let mirror = { (sample: Int) in (sampleCount - sample) % sampleCount }
    let whole = HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: sampleCount).doubles
    let samples = HankelTransfer.forward(markov: markov, timestep: timestep, sampleCount: sampleCount, options: options).doubles
    let raw = random([3, sampleCount, 2], seed: 5).values()
    let upstream = Tensor.zeros([3, sampleCount, 2])
    var (expected, mirroredUpstream) = (whole, raw)
    for row in 0..<3 {
      for sample in 0..<sampleCount {
        let (here, there) = (2 * (row * sampleCount + sample), 2 * (row * sampleCount + mirror(sample)))
        expected[here] = (whole[here] + whole[there]) / 2
        expected[here + 1] = (whole[here + 1] - whole[there + 1]) / 2
        mirroredUpstream[here] = (raw[here] + raw[there]) / 2
        mirroredUpstream[here + 1] = (raw[here + 1] - raw[there + 1]) / 2
      }
    }
    #expect(maxRelative(samples, expected) < 2e-6)
    upstream.setValues(mirroredUpstream)
    func gradients(_ options: HankelTransfer.Options) -> (markov: [Double], timestep: [Double]) {
      let (markovGradient, timestepGradient) = (Tensor.zeros(like: markov), Tensor.zeros(like: timestep))
      // Only Re h has a part in mirrored samples.
      let real = Tensor(markov.shape, values: markov.values().enumerated().map { $0.offset.isMultiple(of: 2) ? $0.element : 0 })
      HankelTransfer.backward(
        samplesGradient: upstream, markov: real, timestep: timestep, markovGradient: markovGradient, timestepGradient: timestepGradient,
        options: options)
      return (markovGradient.doubles, timestepGradient.doubles)
    }
    let (half, all) = (gradients(options), gradients(HankelTransfer.Options()))
    #expect(
      maxRelative(
        half.markov.indices.filter { $0.isMultiple(of: 2) }.map { half.markov[$0] },
        all.markov.indices.filter { $0.isMultiple(of: 2) }.map { all.markov[$0] }) < 5e-6)
    #expect(half.markov.indices.allSatisfy { $0.isMultiple(of: 2) || half.markov[$0] == 0 })
    #expect(zip(half.timestep, all.timestep).allSatisfy { abs($0 - $1) < 1e-4 })
  }
}
