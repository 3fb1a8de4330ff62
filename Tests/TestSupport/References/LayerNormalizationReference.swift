/// Layer norm over the channels of [B, H, L], in Double.
package enum LayerNormalizationReference {
  package static func forward(_ input: [Double], scale: [Double], shift: [Double], batch: Int, length: Int) -> [Double] {
    let width = scale.count
    var output = [Double](repeating: 0, count: input.count)
    for sample in 0..<batch {
      for step in 0..<length {
        let places = (0..<width).map { (sample * width + $0) * length + step }
        let mean = places.reduce(0) { $0 + input[$1] } / Double(width)
        let variance = places.reduce(0) { $0 + (input[$1] - mean) * (input[$1] - mean) } / Double(width)
        for (channel, place) in places.enumerated() {
          output[place] = (input[place] - mean) / (variance + 1e-5).squareRoot() * scale[channel] + shift[channel]
        }
      }
    }
    return output
  }
}
