import RunSupport

/// A setting as a row or a column of a grid, and what orders it among others.
struct GridLabel: Hashable {
  let text: String
  /// Compared number by number.
  private let order: [Double]

  init(_ text: String, order: Double...) {
    self.text = text
    self.order = order.isEmpty ? [0] : order
  }

  /// `α = 0.3`.
  init(_ symbol: String, _ value: Double) { self.init("\(symbol) = \(Self.digits(value))", order: value) }

  /// 3 rather than 3.0, with a sign that readers know as minus.
  static func digits(_ value: Double) -> String { value.plainText.replacing("-", with: "−") }

  /// Each label once, by `order`, equal ones as they came.
  static func sorted(_ labels: [GridLabel]) -> [GridLabel] {
    labels.unique().enumerated().sorted { first, second in
      let (one, other) = (first.element.order, second.element.order)
      return one == other ? first.offset < second.offset : one.lexicographicallyPrecedes(other)
    }.map(\.element)
  }
}

extension Double {
  /// The value without the `.0` of whole numbers.
  var plainText: String { self == rounded() && abs(self) < 1e15 ? "\(Int(self))" : "\(self)" }
}
