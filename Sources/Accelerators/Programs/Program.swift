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

  package let precision: ProductPrecision
  /// Where its operations find random numbers for dropout; nil in programs without.
  package var dropoutStream: RandomNumbers?
  private var lines: [String] = []
  private var known: [String: Value] = [:]
  private var parameters: [(type: String, alias: Int?)] = []

  package init(precision: ProductPrecision = .full) { self.precision = precision }

  /// A new argument of the function, behind those that there are.
  package func argument(_ shape: [Int], _ type: ElementType = .float32) -> Value {
    parameters.append((Value.type(shape, type), nil))
    return Value(self, "%arg\(parameters.count - 1)", shape, type)
  }

  /// Arguments so far.
  package var argumentCount: Int { parameters.count }

  /// Lets a result take an argument's memory: whoever runs the program gives the argument away.
  package func donate(argument: Int, toResult result: Int) { parameters[argument].alias = result }

  /// The value of an operation.
  ///
  /// - Parameter text: the operation with operands and types, without the name of its result.
  func emit(_ text: String, _ shape: [Int], _ type: ElementType) -> Value {
    if let value = known[text] { return value }
    let value = Value(self, "%\(lines.count)", shape, type)
    lines.append("    %\(lines.count) = \(text)")
    known[text] = value
    return value
  }

  /// The text of the module.
  ///
  /// - Parameter results: what the function returns, in this order.
  package func text(returning results: [Value]) -> String {
    let arguments = parameters.enumerated().map { index, parameter in
      "%arg\(index): \(parameter.type)" + (parameter.alias.map { " {tf.aliasing_output = \($0) : i32}" } ?? "")
    }
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
