/// The convolution as its defining double sum, in Double.
package enum LongConvolutionReference {
  /// y[b, h, t] = Σ_{s≤t} K₀[t−s]·u[s] + Σ_{s>t} K₁[s−t−1]·u[s] + D·u[t], row-major; kernel [directions, H, kernelLength].
  package static func forward(
    _ input: [Double], kernel: [Double], skip: [Double], batch: Int, length: Int, kernelLength: Int, directions: Int
  ) -> [Double] {
    let width = skip.count
    var output = [Double](repeating: 0, count: input.count)
    for sample in 0..<batch {
      for channel in 0..<width {
        let base = (sample * width + channel) * length
        for time in 0..<length {
          var sum = skip[channel] * input[base + time]
          for source in 0..<length {
            let lag = time - source
            if lag >= 0 {
              if lag < kernelLength { sum += kernel[channel * kernelLength + lag] * input[base + source] }
            } else if directions == 2, -lag - 1 < kernelLength {
              sum += kernel[(width + channel) * kernelLength - lag - 1] * input[base + source]
            }
          }
          output[base + time] = sum
        }
      }
    }
    return output
  }
}
