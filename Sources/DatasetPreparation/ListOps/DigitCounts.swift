/// How often each digit occurs among the arguments of an operator: all that the four operators need.
struct DigitCounts {
  private var counts = SIMD16<UInt8>()
  private var total = 0
  private var sum = 0

  mutating func add(_ digit: UInt8) {
    counts[Int(digit)] += 1
    total += 1
    sum += Int(digit)
  }

  /// The operator's value: least, largest, median truncated to an integer, or sum modulo 10.
  func value(of operation: UInt8) -> UInt8 {
    switch operation {
    case ListOpsWord.minimum: digit(atRank: 0)
    case ListOpsWord.maximum: digit(atRank: total - 1)
    case ListOpsWord.median: (digit(atRank: (total - 1) / 2) + digit(atRank: total / 2)) / 2
    default: UInt8(sum % 10)
    }
  }

  /// The digit at a place of the sorted arguments.
  private func digit(atRank rank: Int) -> UInt8 {
    var before = 0
    for digit in 0..<10 {
      before += Int(counts[digit])
      if before > rank { return UInt8(digit) }
    }
    preconditionFailure("DigitCounts: rank \(rank) of \(total)")
  }
}
