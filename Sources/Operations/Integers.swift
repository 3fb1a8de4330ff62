import Accelerators

/// Whole numbers that operations read and never write: tokens [B, L] in row-major order, labels [B] or lengths [B].
///
/// They lie in main memory, or are a value of a program under construction (`Tensor`).
package struct Integers: ExpressibleByArrayLiteral, Sendable {
  private enum Storage: @unchecked Sendable {
    case host([Int32])
    // A program is built by one thread, which holds all of its values.
    case recorded(Value)
  }

  private let storage: Storage

  package init(_ values: some Sequence<some BinaryInteger>) { storage = .host(values.map { Int32($0) }) }

  package init(arrayLiteral elements: Int32...) { storage = .host(elements) }

  /// A value [count] of a program.
  package init(_ value: Value) {
    precondition(value.shape.count == 1 && value.type == .int32, "Integers: a value of shape \(value.shape)")
    storage = .recorded(value)
  }

  package var count: Int {
    switch storage {
    case .host(let values): values.count
    case .recorded(let value): value.count
    }
  }

  /// The numbers.
  ///
  /// - Precondition: they lie in main memory.
  var values: [Int32] {
    guard case .host(let values) = storage else { preconditionFailure("Integers: numbers of a program are known only when it runs") }
    return values
  }

  /// The numbers in a program; those in main memory become constants of it.
  func value(in program: Program) -> Value {
    switch storage {
    case .host(let values): program.constant(values, [values.count])
    case .recorded(let value): value
    }
  }

  /// Some of the numbers.
  package subscript(range: Range<Int>) -> Integers {
    switch storage {
    case .host(let values): Integers(values[range])
    case .recorded(let value): Integers(value.slice(axis: 0, range))
    }
  }
}
