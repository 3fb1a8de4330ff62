/// Named sums of a pass over some samples; exact under any cut into batches of the same order.
package struct MetricSums: Sendable, Equatable {
  /// The name of a sum, its key in checkpoints. A new kind of answer adds names of its own.
  package struct Name: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// Mean losses of batches times their samples.
    package static let loss = Name(rawValue: "lossSum")
    /// Samples whose largest logit is the label's.
    package static let correct = Name(rawValue: "correctCount")
    /// Mean absolute errors of each output times samples.
    package static let absoluteErrors = Name(rawValue: "absoluteErrorSums")
    /// Mean squared errors of each channel of frames times samples.
    package static let squaredErrors = Name(rawValue: "squaredErrorSums")
  }

  private enum Sum: Sendable, Equatable {
    case number(Double)
    case numbers([Double])

    var values: [Double] {
      switch self {
      case .number(let value): [value]
      case .numbers(let values): values
      }
    }
  }

  package private(set) var sampleCount = 0
  private var sums: [Name: Sum] = [.loss: .number(0), .correct: .number(0)]

  package init() {}

  mutating func add(samples count: Int) { sampleCount += count }

  /// Adds one number to a sum.
  mutating func add(_ value: Double, to name: Name) { sums[name] = .number((sums[name]?.values[0] ?? 0) + value) }

  /// Adds a number for each output to sums of one name.
  mutating func add(_ values: [Double], to name: Name) {
    let before = sums[name]?.values ?? values.map { _ in 0 }
    sums[name] = .numbers(zip(before, values).map { $0 + $1 })
  }

  /// Sums over samples divided by their number, one or one for each output; empty where nothing was summed, 0 of no samples.
  package func means(_ name: Name) -> [Double] { (sums[name]?.values ?? []).map { sampleCount == 0 ? 0 : $0 / Double(sampleCount) } }

  /// Mean loss per sample; 0 of nothing.
  package var loss: Double { means(.loss)[0] }

  /// Fraction of samples whose largest logit is the label's; 0 of nothing.
  package var accuracy: Double { means(.correct)[0] }
}

extension MetricSums: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    init(stringValue: String) { self.stringValue = stringValue }
    var intValue: Int? { nil }
    init?(intValue: Int) { nil }

    static let sampleCount = Key(stringValue: "sampleCount")
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    sampleCount = try container.decode(Int.self, forKey: .sampleCount)
    for key in container.allKeys where key.stringValue != Key.sampleCount.stringValue {
      let name = Name(rawValue: key.stringValue)
      if let value = try? container.decode(Double.self, forKey: key) {
        sums[name] = .number(value)
      } else {
        let values = try container.decode([Double].self, forKey: key)
        guard !values.isEmpty else { throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: "no number") }
        sums[name] = .numbers(values)
      }
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(sampleCount, forKey: .sampleCount)
    for (name, sum) in sums {
      let key = Key(stringValue: name.rawValue)
      switch sum {
      case .number(let value): try container.encode(value, forKey: key)
      case .numbers(let values): try container.encode(values, forKey: key)
      }
    }
  }
}
