/// The convolution as its defining double sum, in Double.
package enum LongConvolutionReference {
  /// y[b, c, t] = Σ_{s≤t} K₀[t−s]·u[s] + Σ_{s>t} K₁[s−t−1]·u[s] + D·u[t] with u the channel c mod H, row-major; kernel
  /// [directions, C, kernelLength]. Circular: Σ_s K₀[(t−s) mod L]·u[s] + D·u[t].
  package static func forward(
    _ input: [Double], kernel: [Double], skip: [Double], batch: Int, length: Int, kernelLength: Int, directions: Int,
    isCircular: Bool = false
  ) -> [Double] {
    let (width, kernelCount) = (input.count / (batch * length), skip.count)
    var output: [Double] = []
    for sample in 0..<batch {
      for index in 0..<kernelCount {
        let base = (sample * width + index % width) * length
        for time in 0..<length {
          var sum = skip[index] * input[base + time]
          for source in 0..<length {
            let lag = isCircular ? (time - source + length) % length : time - source
            if lag >= 0 {
              if lag < kernelLength { sum += kernel[index * kernelLength + lag] * input[base + source] }
            } else if directions == 2, -lag - 1 < kernelLength {
              sum += kernel[(kernelCount + index) * kernelLength - lag - 1] * input[base + source]
            }
          }
          output.append(sum)
        }
      }
    }
    return output
  }
}
