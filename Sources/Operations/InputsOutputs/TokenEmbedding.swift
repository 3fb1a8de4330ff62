import Accelerators

/// Replaces each token by its row of a table: y[b, :, t] = table[tokens[b, t], :].
///
/// Shapes: tokens row-major [B, L], table [V, H], y [B, H, L].
package enum TokenEmbedding {
  /// Channels of a chunk: one cache line of a table row, so that chunks do not write to the same line.
  private static let channelChunk = 16

  /// - Precondition: every token is in 0 ..< V.
  package static func forward(_ tokens: Integers, batchSize: Int, length: Int, table: Tensor) -> Tensor {
    if let program = Program.recording(table) { return record(program, tokens, batchSize: batchSize, length: length, table: table) }
    let tokens = tokens.values
    check(tokens, batchSize: batchSize, length: length, table: table)
    let (vocabularySize, width) = (table.shape[0], table.shape[1])
    let output = Tensor(uninitialized: [batchSize, width, length])
    let (source, target) = (Shared(table.elements), Shared(output.elements))
    tokens.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let sequence = SharedTokens(pointer: base)
      Parallel.forEach(width) { channel in
        // One channel's column of the table, side by side.
        withUnsafeTemporaryAllocation(of: Float.self, capacity: vocabularySize) { column in
          let values = column.baseAddress!
          for token in 0..<vocabularySize { values[token] = source[token * width + channel] }
          for sample in 0..<batchSize {
            let row = target.pointer + (sample * width + channel) * length
            let indices = sequence.pointer + sample * length
            for step in 0..<length { row[step] = values[Int(indices[step])] }
          }
        }
      }
    }
    return output
  }

  /// Adds to the table's gradient the sum of `outputGradient[b, :, t]` over the places of each token.
  ///
  /// - Parameters:
  ///   - outputGradient: [B, H, L].
  ///   - tableGradient: [V, H].
  package static func backward(outputGradient: Tensor, tokens: Integers, tableGradient: Tensor) {
    if let program = Program.recording(outputGradient) {
      return recordBackward(program, outputGradient: outputGradient, tokens: tokens, tableGradient: tableGradient)
    }
    let tokens = tokens.values
    precondition(
      outputGradient.shape.count == 3 && tableGradient.shape.count == 2 && outputGradient.shape[1] == tableGradient.shape[1],
      "TokenEmbedding: gradient \(outputGradient.shape) for table \(tableGradient.shape)")
    let (batchSize, length) = (outputGradient.shape[0], outputGradient.shape[2])
    check(tokens, batchSize: batchSize, length: length, table: tableGradient)
    let (vocabularySize, width) = (tableGradient.shape[0], tableGradient.shape[1])
    let (source, target) = (Shared(outputGradient.elements), Shared(tableGradient.elements))
    tokens.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let sequence = SharedTokens(pointer: base)
      Parallel.forEachChunk(of: width, size: channelChunk) { _, channels in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: vocabularySize) { sums in
          let sum = sums.baseAddress!
          for channel in channels {
            sum.initialize(repeating: 0, count: vocabularySize)
            for sample in 0..<batchSize {
              let row = source.pointer + (sample * width + channel) * length
              let indices = sequence.pointer + sample * length
              for step in 0..<length { sum[Int(indices[step])] += Double(row[step]) }
            }
            for token in 0..<vocabularySize { target[token * width + channel] += Float(sum[token]) }
          }
        }
      }
    }
  }

  private struct SharedTokens: @unchecked Sendable { let pointer: UnsafePointer<Int32> }

  private static func check(_ tokens: [Int32], batchSize: Int, length: Int, table: Tensor) {
    precondition(
      table.shape.count == 2 && tokens.count == batchSize * length,
      "TokenEmbedding: \(tokens.count) tokens for [\(batchSize), \(length)], table \(table.shape)")
    if let wrong = tokens.first(where: { !(0..<table.shape[0] ~= Int($0)) }) {
      preconditionFailure("TokenEmbedding: token \(wrong) with a table \(table.shape)")
    }
  }
}
