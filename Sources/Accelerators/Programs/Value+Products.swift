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
      "Value: product of \(text) and \(other.text) along \(batching), \(contracting)")
    func rest(_ value: Value, _ taken: [Int]) -> [Int] { value.naturalPlaces.filter { !taken.contains($0) } }
    let (own, foreign) = (Self.places(for: [self]), Self.places(for: [other]))
    let (ownRest, otherRest) = (rest(self, mine).map { own[$0] }, rest(other, others).map { foreign[$0] })
    let (first, second) = (array(own), other.array(foreign))
    let result = batching.map { shape[$0.0] } + ownRest.sorted().map { first.shape[$0] } + otherRest.sorted().map { second.shape[$0] }
    func pairs(_ name: String, _ axes: [(Int, Int)]) -> String { "\(name) = \(axes.map { own[$0.0] }) x \(axes.map { foreign[$0.1] }), " }
    let axes = (batching.isEmpty ? "" : pairs("batching_dims", batching)) + pairs("contracting_dims", contracting)
    let types = "(\(first.typeText), \(second.typeText)) -> \(NamedArray.type(result, type))"
    let product = program.emitProduct(
      "stablehlo.dot_general \(first.name), \(second.name), \(axes)\(rounding(isExact)) : \(types)",
      depth: contracting.map { shape[$0.0] }.reduce(1, *), isExact: isExact, result, type)
    let places =
      Array(batching.indices) + Self.ranks(ownRest).map { batching.count + $0 }
      + Self.ranks(otherRest).map { batching.count + ownRest.count + $0 }
    return Value(product, places: places)
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
