import RunSupport

/// Sizes of axes, by the letters that shapes are written with.
struct AxisSizes {
  fileprivate(set) var values: [String: Int] = [:]

  /// - Precondition: the letter stood in one of the shapes.
  subscript(letter: String) -> Int {
    guard let size = values[letter] else { preconditionFailure("AxisSizes: no axis \(letter)") }
    return size
  }
}

extension GoldenSubcase {
  /// Checks that stored tensors fit together, and returns the sizes of their axes.
  ///
  /// - Parameter shapes: for each tensor its axes in words: a letter stands for one size in all tensors, `2H` for twice H, `2` for itself;
  ///   no words at all for a single number.
  /// - Throws: `StageError` (`badData`) if a tensor has another number of axes, an empty axis, or a size that differs from another tensor's.
  @discardableResult
  func sizes(_ shapes: KeyValuePairs<String, String>) throws -> AxisSizes {
    var sizes = AxisSizes()
    for (name, description) in shapes {
      let shape = try shape(name)
      let axes = description.split(separator: " ")
      var fits = shape.count == axes.count
      for (axis, size) in zip(axes, shape) where fits {
        let factor = Int(axis.prefix { $0.isNumber }) ?? 1
        let letter = String(axis.drop { $0.isNumber })
        let unit = letter.isEmpty ? 1 : sizes.values[letter] ?? size / factor
        fits = size > 0 && size == factor * unit
        if !letter.isEmpty { sizes.values[letter] = unit }
      }
      guard fits else {
        throw misfit(name, "its shape is \(shape), not [\(axes.joined(separator: ", "))]\(known(sizes))")
      }
    }
    return sizes
  }

  /// Checks that labels are classes.
  func requireLabels(_ tensor: String, classCount: Int) throws {
    guard let label = try integers(tensor).first(where: { !(0..<classCount).contains($0) }) else { return }
    throw misfit(tensor, "label \(label) is not one of \(classCount) classes")
  }

  /// Checks that a channel has two values or more: batch norm divides by their count less one.
  func requireVariance(_ tensor: String, _ sizes: AxisSizes) throws {
    guard sizes["B"] * sizes["L"] > 1 else { throw misfit(tensor, "it has one value per channel, too few for batch norm") }
  }

  /// The error for a tensor that does not fit the others.
  func misfit(_ tensor: String, _ reason: String) -> StageError {
    StageError(
      .badData, "the tensors of a case do not fit together", where: "\(caseName), subcase \(name), tensor \(tensor)", why: reason,
      fix: "make the folder again with the script that made it")
  }

  private func known(_ sizes: AxisSizes) -> String {
    let list = sizes.values.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
    return list.isEmpty ? "" : " with " + list.joined(separator: ", ")
  }
}
