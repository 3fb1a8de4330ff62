import Foundation

/// The gate, in Double: input [B, 2H, L], row-major.
package enum GatedLinearUnitReference {
  package static func forward(_ input: [Double], batch: Int, width: Int, length: Int) -> [Double] {
    var output: [Double] = []
    for sample in 0..<batch {
      for channel in 0..<width {
        for step in 0..<length {
          let value = input[(sample * 2 * width + channel) * length + step]
          let gate = input[(sample * 2 * width + width + channel) * length + step]
          output.append(value / (1 + exp(-gate)))
        }
      }
    }
    return output
  }
}
