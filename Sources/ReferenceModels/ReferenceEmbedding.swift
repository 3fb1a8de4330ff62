/// The rows of a table [V, H] for tokens [B, L], laid out as [B, H, L], in Double.
package enum ReferenceEmbedding {
  package static func forward(_ tokens: [Int32], batch: Int, length: Int, table: [Double], width: Int) -> [Double] {
    var output: [Double] = []
    for sample in 0..<batch {
      for channel in 0..<width {
        for step in 0..<length { output.append(table[Int(tokens[sample * length + step]) * width + channel]) }
      }
    }
    return output
  }
}
