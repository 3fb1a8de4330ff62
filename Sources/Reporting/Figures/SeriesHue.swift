import RunSupport

/// What a series is drawn in; `style.gp` holds the colour and the symbol of each method, the same in every figure.
struct SeriesHue: Hashable {
  private enum Ink: Hashable {
    case gray
    case ordered(Double)
    case method(String)
  }

  private let ink: Ink
  /// From 1 broken lines, open symbols or crosses; 0 is the method itself.
  var variant = 0
  /// From 0, white, to 1, the colour itself.
  var tone = 1.0

  static let gray = SeriesHue(ink: .gray)

  /// Of what is no method but has an order, such as layers or values of α: from dark to bright.
  static func ordered(_ index: Int, of count: Int, variant: Int = 0) -> SeriesHue {
    SeriesHue(ink: .ordered(count > 1 ? Double(index) / Double(count - 1) : 0), variant: variant)
  }

  /// Of `S4D-Token (half)` that of S4D-Token.
  static func method(_ name: String, variant: Int = 0, tone: Double = 1) -> SeriesHue {
    SeriesHue(ink: .method(methodName(name)), variant: variant, tone: tone)
  }

  /// A method's name without what is said in brackets behind it.
  static func methodName(_ name: String) -> String { name.firstRange(of: " (").map { String(name[..<$0.lowerBound]) } ?? name }

  /// As scripts read it: a name without blanks, `gray`, or `ordered 0.5`.
  var text: String {
    switch ink {
    case .gray: "gray"
    case .ordered(let place): "ordered \(place)"
    case .method(let name): name.replacing(" ", with: "_")
    }
  }

  /// The three variables of a script that say it.
  func variables(_ prefix: String, _ suffix: String) -> [(name: String, value: String)] {
    [("\(prefix)hue\(suffix)", text), ("\(prefix)variant\(suffix)", "\(variant)"), ("\(prefix)tone\(suffix)", "\(tone)")]
  }
}
