/// A StableHLO function under construction: what a plugin's compiler turns into one program for its device.
///
/// Operations are written in the order in which they are asked for, each line once: asked for again, it gives the value that is there, so that
/// operations need not hand each other what both compute. Not for several threads.
///
/// - Source: the StableHLO specification, in its textual form.
package final class Program {
  /// What a product of float32 matrices may round its operands to.
  package enum ProductPrecision: String, Codable, Sendable, CaseIterable {
    /// What the device does by default: TensorFloat-32 on NVIDIA's, as the reference trains.
    case fast = "tf32"
    /// Three TensorFloat-32 products, nearly float32.
    case split = "tf32x3"
    /// float32 throughout.
    case full = "fp32"
  }

  /// Floating-point operations of its products, two for each pair of numbers, by what they are computed in.
  package struct ProductWork: Sendable, Equatable {
    /// float32, with operands as the program's precision says.
    package var rounded = 0.0
    /// float32 throughout, whatever that says.
    package var exact = 0.0
    package var double = 0.0
  }

  package let precision: ProductPrecision
  package private(set) var productWork = ProductWork()
  /// Where its operations find random numbers for dropout; nil in programs without.
  package var dropoutStream: RandomNumbers?
  private var lines: [String] = []
  private var known: [String: NamedArray] = [:]
  /// Lines that hold a number alone.
  private var numberLines: Set<Int> = []
  private var parameters: [(type: String, alias: Int?)] = []
  private var firstAddends: [String: Value] = [:]

  package init(precision: ProductPrecision = .full) { self.precision = precision }

  /// A new argument of the function, behind those that there are.
  package func argument(_ shape: [Int], _ type: ElementType = .float32) -> Value {
    parameters.append((NamedArray.type(shape, type), nil))
    return Value(NamedArray(program: self, name: "%arg\(parameters.count - 1)", shape: shape, type: type))
  }

  /// Arguments so far.
  package var argumentCount: Int { parameters.count }

  /// Lets a result take an argument's memory: whoever runs the program gives the argument away.
  package func donate(argument: Int, toResult result: Int) { parameters[argument].alias = result }

  /// The result of an operation.
  ///
  /// - Parameter text: the operation with operands and types, without the name of its result.
  func emit(_ text: String, _ shape: [Int], _ type: ElementType) -> NamedArray {
    if let array = known[text] { return array }
    let array = NamedArray(program: self, name: "%\(lines.count)", shape: shape, type: type)
    lines.append("    %\(lines.count) = \(text)")
    known[text] = array
    return array
  }

  /// The result of a product, whose work is counted once, as it is written once.
  ///
  /// - Parameter depth: pairs of numbers that are summed for a number of the result.
  func emitProduct(_ text: String, depth: Int, isExact: Bool, _ shape: [Int], _ type: ElementType) -> NamedArray {
    if known[text] == nil {
      let work = 2 * Double(depth) * Double(shape.reduce(1, *))
      let kind: WritableKeyPath<ProductWork, Double> = type == .float64 ? \.double : isExact ? \.exact : \.rounded
      productWork[keyPath: kind] += work
    }
    return emit(text, shape, type)
  }

  /// A sum of which the first addend is wanted again: kept rather than computed once more.
  package func sum(of first: Value, _ second: Value) -> Value {
    let sum = first + second
    if let name = sum.arrayName { firstAddends[name] = first }
    return sum
  }

  /// What a `sum(of:_:)` began with; nil of any other value.
  package func firstAddend(of sum: Value) -> Value? { sum.arrayName.flatMap { firstAddends[$0] } }

  /// A line that holds a number alone.
  func emitNumber(_ literal: String, _ type: ElementType) -> NamedArray {
    let count = lines.count
    let array = emit("stablehlo.constant dense<\(literal)> : \(NamedArray.type([], type))", [], type)
    if lines.count > count { numberLines.insert(count) }
    return array
  }

  /// The text of the module.
  ///
  /// - Parameters:
  ///   - results: what the function returns, in this order.
  ///   - showsNumbers: whether single numbers are in it; without them it is no program, but equal for programs that differ in those alone.
  package func text(returning results: [Value], showsNumbers: Bool = true) -> String {
    let results = results.map(\.naturalArray)
    let arguments = parameters.enumerated().map { index, parameter in
      "%arg\(index): \(parameter.type)" + (parameter.alias.map { " {tf.aliasing_output = \($0) : i32}" } ?? "")
    }
    let lines = showsNumbers ? lines : lines.enumerated().map { numberLines.contains($0) ? "    %\($0) = a number" : $1 }
    let types = results.map(\.typeText).joined(separator: ", ")
    return """
      module @ssm {
        func.func public @main(\(arguments.joined(separator: ", "))) -> (\(types)) {
      \(lines.joined(separator: "\n"))
          return \(results.map(\.name).joined(separator: ", ")) : \(types)
        }
      }

      """
  }
}
