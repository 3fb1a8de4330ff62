/// Values in Double that know how they were made, so that gradients go back through whatever a twin computes.
///
/// Each operation records its result and what to do with the slopes by it; `differentiate` calls these from the last to the first.
package final class ReferenceGraph {
  /// An array of a pass and the slopes of the loss by it.
  package final class Node {
    package let value: [Double]
    package fileprivate(set) var gradient: [Double]

    fileprivate init(_ value: [Double]) {
      self.value = value
      gradient = value.map { _ in 0 }
    }

    func add(_ slopes: [Double], times factor: Double = 1) {
      precondition(slopes.count == value.count, "ReferenceGraph: \(slopes.count) slopes of \(value.count) values")
      for index in slopes.indices { gradient[index] += factor * slopes[index] }
    }
  }

  private let parameters: [String: Node]
  private var steps: [() -> Void] = []

  package init(parameters: [String: [Double]]) { self.parameters = parameters.mapValues { Node($0) } }

  /// A parameter by its name.
  func parameter(_ name: String) -> Node {
    guard let node = parameters[name] else { preconditionFailure("ReferenceGraph: no parameter \(name)") }
    return node
  }

  func hasParameter(_ name: String) -> Bool { parameters[name] != nil }

  /// Data: its slopes go nowhere.
  func constant(_ value: [Double]) -> Node { Node(value) }

  /// - Parameter backward: takes the slopes by the result.
  func record(_ value: [Double], backward: @escaping (_ slopes: [Double]) -> Void) -> Node {
    let node = Node(value)
    steps.append { backward(node.gradient) }
    return node
  }

  /// Results whose slopes go back together.
  func record(_ values: [[Double]], backward: @escaping (_ slopes: [[Double]]) -> Void) -> [Node] {
    let nodes = values.map { Node($0) }
    steps.append { backward(nodes.map(\.gradient)) }
    return nodes
  }

  /// Goes back from one node, once; the slopes of the parameters under their names.
  package func differentiate(_ node: Node, slopes: [Double]) -> [String: [Double]] {
    node.add(slopes)
    for step in steps.reversed() { step() }
    steps = []
    return parameters.mapValues(\.gradient)
  }
}
