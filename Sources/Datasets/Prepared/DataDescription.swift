import RunSupport
import Vocabulary

/// Which prepared data: what `preprocess --recipe` reads, and what the name of the folder says. Equal descriptions are equal folders.
package struct DataDescription: Codable, Sendable, Hashable {
  package let family: String
  package let variant: String
  package let parameters: [String: Int]

  package init(family: String, variant: String, parameters: [String: Int] = [:]) {
    self.family = family
    self.variant = variant
    self.parameters = parameters
  }

  /// `lra/listops-generated-seed-1-test-200`: the folder below `data/prepared`.
  package var preparedPath: String { DataSpecification(family: family, variant: variant, parameters: parameters).preparedPath }

  /// The folder below `data/raw` of the files that the data are made of; nil if a generator makes them.
  package var raw: String? { DataVariant.named(variant, of: family)?.raw }

  /// Reads a folder's name back.
  ///
  /// - Throws: `StageError` (`usage`) for a path that is not the one of a variant with all its parameters.
  package init(preparedPath path: String) throws {
    let parts = path.split(separator: "/").map(String.init)
    let variants = DataVariant.all.filter { parts.count == 2 && $0.family == parts[0] }
    let found = variants.lazy.compactMap { variant -> DataDescription? in
      guard let numbers = Self.numbers(in: parts[1], after: variant.name) else { return nil }
      let description = DataDescription(family: variant.family, variant: variant.name, parameters: numbers)
      return description.preparedPath == path && Set(numbers.keys) == Set(variant.parameterNames) ? description : nil
    }.first
    guard let found else {
      let nearest = variants.filter { parts[1].hasPrefix($0.name) }.max { $0.name.count < $1.name.count }
      let form = nearest.map { variant in
        DataSpecification(
          family: variant.family, variant: variant.name,
          parameters: Dictionary(variant.parameterNames.map { ($0, 1) }) { first, _ in first }
        ).preparedPath
      }
      throw StageError(
        .usage, "no prepared data are called \(path)", where: "data/prepared/\(path)",
        why: "it is not FAMILY/VARIANT with every parameter of the variant and its value, in alphabetic order",
        fix: form.map { "a name of this kind is \($0)" } ?? "use a variant of data/README.md")
    }
    self = found
  }

  /// `-seed-1-test-200` → seed 1, test 200; nil for anything else.
  private static func numbers(in name: String, after variant: String) -> [String: Int]? {
    guard name.hasPrefix(variant) else { return nil }
    let words = name.dropFirst(variant.count).split(separator: "-", omittingEmptySubsequences: false).dropFirst()
    guard words.count.isMultiple(of: 2) else { return nil }
    var numbers: [String: Int] = [:]
    for place in stride(from: words.startIndex, to: words.endIndex, by: 2) {
      guard let number = Int(words[place + 1]) else { return nil }
      numbers[String(words[place])] = number
    }
    return numbers
  }

  /// The variant that it names.
  ///
  /// - Parameter place: where it was read.
  /// - Throws: `StageError` (`badConfiguration`) unless it names a variant with exactly its parameters, each at least 0.
  package func declaredVariant(in place: String, among variants: [DataVariant] = DataVariant.all) throws -> DataVariant {
    func failure(_ what: String, _ why: String, _ name: String, _ known: [String]) -> StageError {
      StageError(
        .badConfiguration, what, where: place, why: why,
        fix: NearestName.suggestion(for: name, among: known).map { "did you mean \($0)?" } ?? "correct the description")
    }
    let names = variants.filter { $0.family == family }.map(\.name)
    guard let found = variants.first(where: { $0.family == family && $0.name == variant }) else {
      throw failure("no data \(family)/\(variant)", "known here are \(names.joined(separator: ", "))", variant, names)
    }
    let known = found.parameterNames
    let wrong = Set(known).symmetricDifference(parameters.keys).union(parameters.filter { $0.value < 0 }.keys).sorted()
    if let name = wrong.first(where: { !known.contains($0) }) ?? wrong.first {
      let value = parameters[name].map(String.init) ?? "nothing"
      throw failure(
        "impossible value of \(name): \(value)",
        "\(variant) takes numbers of at least 0: \(known.isEmpty ? "none" : known.joined(separator: ", "))", name,
        known.filter { $0 != name })
    }
    return found
  }
}

extension DataSpecification {
  /// Which data they are, whatever a run takes of them.
  package var description: DataDescription { DataDescription(family: family, variant: variant, parameters: parameters) }

  /// What they are, if they are prepared; nil of samples that are made on the fly.
  package var preparedVariant: DataVariant? { DataVariant.named(variant, of: family) }
}
