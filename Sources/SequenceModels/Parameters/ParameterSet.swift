import Operations

/// The parameters of a model, whose values and gradients lie in one flat buffer each: every parameter is a named slice that begins at 64
/// bytes, so that one optimiser step, one check or one message takes all.
package struct ParameterSet: RandomAccessCollection {
  /// In a fixed order, which checkpoints rely on.
  private let members: [Parameter]
  /// The first number of each member in the buffers.
  private let offsets: [Int]
  /// The values of all parameters, zeros between the slices.
  package let values: Tensor
  /// The gradients of all parameters, where the values lie in `values`.
  package let gradients: Tensor

  private static let alignment = 64 / MemoryLayout<Float>.size

  /// Moves parameters into buffers of their own; whoever holds one finds its value and gradient there.
  package init(_ parameters: [Parameter]) {
    var (offsets, count) = ([Int](), 0)
    for parameter in parameters {
      offsets.append(count)
      count += (parameter.value.count + Self.alignment - 1) / Self.alignment * Self.alignment
    }
    self.init(members: parameters, offsets: offsets, values: .zeros([count]), gradients: .zeros([count]))
    for (parameter, offset) in zip(parameters, offsets) { parameter.move(to: values, gradients, offset: offset) }
    // The arrays in which the parameters came.
    Tensor.returnUnusedMemory()
  }

  private init(members: [Parameter], offsets: [Int], values: Tensor, gradients: Tensor) {
    (self.members, self.offsets, self.values, self.gradients) = (members, offsets, values, gradients)
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { members.count }
  package subscript(index: Int) -> Parameter { members[index] }

  /// Where a parameter's numbers lie in the buffers.
  package func slice(_ index: Int) -> Range<Int> { offsets[index]..<offsets[index] + members[index].value.count }

  /// This set without some parameters, over the same buffers.
  package func without(_ left: [Parameter]) -> ParameterSet {
    let kept = indices.filter { index in !left.contains { $0 === members[index] } }
    return ParameterSet(members: kept.map { members[$0] }, offsets: kept.map { offsets[$0] }, values: values, gradients: gradients)
  }
}
