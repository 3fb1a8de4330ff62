import Accelerators

/// A place whose value changes while a program is written: what memory is to a tensor on the host. Handles under other shapes share it.
final class RecordedCell {
  let program: Program
  /// nil stands for zeros.
  private var current: Value?

  init(_ program: Program, _ value: Value?) { (self.program, current) = (program, value) }

  func value(_ shape: [Int]) -> Value { current?.reshaped(shape) ?? program.constant(0, shape) }

  func set(_ value: Value) { current = value }

  func fill(_ number: Float, _ shape: [Int]) { current = number == 0 ? nil : program.constant(Double(number), shape) }

  /// Adds in place.
  func add(_ value: Value) { current = current.map { $0.reshaped(value.shape) + value } ?? value }
}

extension Tensor {
  /// A tensor of a program under construction.
  package convenience init(_ value: Value) {
    precondition(value.type == .float32, "Tensor: a value of type \(value.type)")
    self.init(value.shape, storage: .recorded(RecordedCell(value.program, value)))
  }

  /// Whether operations write down what they would do with it, so that memory is the compiler's concern.
  package var isPartOfProgram: Bool { if case .recorded = storage { true } else { false } }

  /// The value in a program; numbers in main memory become constants of it.
  package func value(in program: Program) -> Value {
    switch storage {
    case .recorded(let cell): cell.value(shape)
    case .host(_, let elements): program.constant(UnsafeBufferPointer(start: elements, count: count).map(Double.init), shape)
    }
  }

  /// The same values, of which a program computes anew what it has computed of these, but not before it has another tensor; elsewhere the
  /// tensor itself.
  ///
  /// A zero that is known only then is added: a barrier alone is gone before a compiler decides what runs when. The values are NaN where the
  /// first number of the other tensor is not finite.
  package func again(after other: Tensor) -> Tensor {
    guard case .recorded(let cell) = storage else { return self }
    let number = other.value(in: cell.program).reshaped([other.count]).slice(axis: 0, 0..<1).reshaped([])
    return Tensor(cell.value(shape) + (0 * number).broadcast(to: shape, axes: []))
  }

  /// Puts another value in the place of this one.
  ///
  /// - Precondition: the tensor is one of a program.
  package func set(_ value: Value) { cell.set(value) }

  /// Adds a value in place.
  ///
  /// - Precondition: the tensor is one of a program.
  func add(_ value: Value) {
    precondition(value.count == count, "Tensor: \(value.shape) added to \(shape)")
    cell.add(value)
  }

  private var cell: RecordedCell {
    guard case .recorded(let cell) = storage else { preconditionFailure("Tensor: values \(shape) in main memory, written by a program") }
    return cell
  }

  /// Lets tensors stand for values of a program while `body` runs; what they hold in main memory stays as it is.
  ///
  /// - Parameter values: a value for each tensor; nil stands for zeros.
  package static func lending<Result>(
    _ tensors: [Tensor], to program: Program, as values: [Value?], _ body: () throws -> Result
  ) rethrows -> Result {
    precondition(tensors.count == values.count, "Tensor: \(values.count) values for \(tensors.count) tensors")
    let own = tensors.map(\.storage)
    for (tensor, value) in zip(tensors, values) { tensor.storage = .recorded(RecordedCell(program, value)) }
    defer { for (tensor, storage) in zip(tensors, own) { tensor.storage = storage } }
    return try body()
  }
}

extension Program {
  /// The program of the first tensor that belongs to one: what decides whether an operation computes or writes down what to compute.
  static func recording(_ tensors: Tensor?...) -> Program? {
    for case let tensor? in tensors {
      if case .recorded(let cell) = tensor.storage { return cell.program }
    }
    return nil
  }
}
