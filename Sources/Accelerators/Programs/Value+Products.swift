/// Products of matrices.
extension Value {
  /// Σ over pairs of axes. Axes of the result: the batching ones, the rest of this value, the rest of the other.
  ///
  /// - Parameters:
  ///   - batching: axes of both that stay and go together.
  ///   - contracting: axes of both that are summed over.
  ///   - isExact: whether the operands are taken as they are, whatever the program's precision.
  package func product(
    _ other: Value, batching: [(Int, Int)] = [], contracting: [(Int, Int)], isExact: Bool = false
  ) -> Value {
    let (mine, others) = ((batching + contracting).map(\.0), (batching + contracting).map(\.1))
    precondition(
      type == other.type && (batching + contracting).allSatisfy { shape[$0.0] == other.shape[$0.1] },
      "Value: product of \(typeText) and \(other.typeText) along \(batching), \(contracting)")
    let result =
      batching.map { shape[$0.0] } + shape.indices.filter { !mine.contains($0) }.map { shape[$0] }
      + other.shape.indices.filter { !others.contains($0) }.map { other.shape[$0] }
    func pairs(_ name: String, _ axes: [(Int, Int)]) -> String { "\(name) = \(axes.map(\.0)) x \(axes.map(\.1)), " }
    let axes = (batching.isEmpty ? "" : pairs("batching_dims", batching)) + pairs("contracting_dims", contracting)
    let types = "(\(typeText), \(other.typeText)) -> \(Self.type(result, type))"
    return program.emit("stablehlo.dot_general \(name), \(other.name), \(axes)\(rounding(isExact)) : \(types)", result, type)
  }

  /// Only products of float32 numbers may be rounded.
  private func rounding(_ isExact: Bool) -> String {
    guard type == .float32, !isExact else { return "precision = [HIGHEST, HIGHEST]" }
    return switch program.precision {
    case .fast: "precision = [DEFAULT, DEFAULT]"
    case .full: "precision = [HIGHEST, HIGHEST]"
    case .split:
      "precision = [DEFAULT, DEFAULT], algorithm = <lhs_precision_type = tf32, rhs_precision_type = tf32, accumulation_type = f32, "
        + "lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 3, allow_imprecise_accumulation = false>"
    }
  }
}
