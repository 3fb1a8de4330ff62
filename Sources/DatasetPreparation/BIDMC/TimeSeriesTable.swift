/// A `.ts` file of the time series regression archive: lines `@key value` up to `@data`, then a record on each line, its dimensions
/// separated by colons, the values of one by commas, the target last.
package struct TimeSeriesTable: LineTable {
  package struct Record: Sendable, Equatable {
    /// Shape [length, dimensions].
    package var values: [Float]
    package var target: Float
  }

  package let name: String
  package let advice: String
  private let dimensionCount: Int
  private let length: Int
  package var lines = LineSplitter()
  private var sawData = false
  package private(set) var recordCount = 0
  /// Records that were passed over because a value or the target is missing.
  package private(set) var missingCount = 0

  /// - Parameters:
  ///   - name: what errors call the file.
  ///   - dimensionCount: dimensions that every record must have.
  ///   - length: values that every dimension must have.
  package init(name: String, dimensionCount: Int, length: Int, advice: String) {
    self.name = name
    self.advice = advice
    self.dimensionCount = dimensionCount
    self.length = length
  }

  package var lack: String? {
    recordCount > 0 ? nil : sawData ? "there is no record behind @data" : "there is no line @data"
  }

  package mutating func row(_ line: UnsafeRawBufferPointer, number: Int) throws -> Record? {
    if line.isEmpty || line.first == UInt8(ascii: "#") { return nil }
    guard sawData else {
      try readHeader(String(decoding: line, as: UTF8.self), number: number)
      return nil
    }
    recordCount += 1
    let record = try record(line, number: number)
    if record == nil { missingCount += 1 }
    return record
  }

  private mutating func readHeader(_ line: String, number: Int) throws {
    let words = line.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    guard let key = words.first, key.hasPrefix("@") else { throw bad(number, "\"\(line.prefix(40))\" is no line @key before @data") }
    let value = words.dropFirst().first ?? ""
    switch key {
    case "@data": sawData = true
    case "@timestamps" where value != "false": throw bad(number, "series with time stamps are not supported")
    case "@dimensions", "@dimension":
      guard value == "\(dimensionCount)" else { throw bad(number, "\(value) dimensions, expected are \(dimensionCount)") }
    case "@serieslength":
      guard value == "\(length)" else { throw bad(number, "series of length \(value), expected is \(length)") }
    default: break
    }
  }

  /// Nil if a value is missing.
  private func record(_ line: UnsafeRawBufferPointer, number: Int) throws -> Record? {
    var values = [Float](repeating: 0, count: length * dimensionCount)
    var (dimension, step, isMissing, start) = (0, 0, false, 0)
    for place in 0..<line.count where line[place] == UInt8(ascii: ",") || line[place] == UInt8(ascii: ":") {
      guard dimension < dimensionCount, step < length else {
        throw bad(number, "more than \(dimensionCount) dimensions of \(length) values")
      }
      let entry = try value(line[start..<place], line: number)
      values[step * dimensionCount + dimension] = entry ?? 0
      isMissing = isMissing || entry == nil
      step += 1
      if line[place] == UInt8(ascii: ":") {
        guard step == length else { throw bad(number, "dimension \(dimension + 1) has \(step) values, expected are \(length)") }
        (dimension, step) = (dimension + 1, 0)
      }
      start = place + 1
    }
    guard dimension == dimensionCount, step == 0 else { throw bad(number, "\(dimension) whole dimensions, expected are \(dimensionCount)") }
    guard let target = try value(line[start...], line: number), !isMissing else { return nil }
    return Record(values: values, target: target)
  }

  /// Nil for the marks of a missing value.
  private func value(_ text: Slice<UnsafeRawBufferPointer>, line: Int) throws -> Float? {
    switch DecimalField(text) {
    case .number(let value): return value
    case .missing: return nil
    case .invalid: throw bad(line, "\"\(String(decoding: text.prefix(40), as: UTF8.self))\" is no finite number")
    }
  }
}
