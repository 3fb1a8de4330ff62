/// One film review of the IMDB archive.
package struct Review: Sendable, Equatable {
  package let isTest: Bool
  package let isPositive: Bool
  /// Number in its folder.
  package let number: Int
  package let text: String
}

/// The IMDB archive: files `aclImdb/{train,test}/{neg,pos}/<number>_<rating>.txt`; everything else in it is passed over.
package enum ReviewArchive {
  /// The longest review has 14 KB.
  private static let sizeLimit = 1 << 20

  /// All reviews: train before test, negative before positive, by number.
  ///
  /// - Throws: `StageError` (`badData`) for a damaged archive, a text that is not UTF-8, a number that occurs twice in its folder, or an
  ///   archive without reviews of one of the four kinds.
  package static func read(_ file: RawFolder.File) throws -> [Review] {
    var reviews: [Review] = []
    try ArchiveReader(path: file.path, advice: file.advice).forEachMember { member in
      guard let place = place(of: member.name) else { return true }
      guard let text = String(validating: try member.bytes(atMost: sizeLimit), as: UTF8.self) else {
        throw file.bad("unreadable text in \(file.path)", at: member.name, "its bytes are not UTF-8")
      }
      reviews.append(Review(isTest: place.isTest, isPositive: place.isPositive, number: place.number, text: text))
      return true
    }
    reviews.sort { $0.order < $1.order }
    if let pair = zip(reviews, reviews.dropFirst()).first(where: { $0.order == $1.order })?.0 {
      throw file.bad("two reviews have one number in \(file.path)", at: pair.folder, "number \(pair.number) occurs twice")
    }
    for folder in ["train/neg", "train/pos", "test/neg", "test/pos"] where !reviews.contains(where: { $0.folder == folder }) {
      throw file.bad("no reviews \(folder) in \(file.path)", "the archive holds no file aclImdb/\(folder)/<number>_<rating>.txt")
    }
    return reviews
  }

  /// What a member's path says; nil for anything but a labelled review.
  private static func place(of name: String) -> (isTest: Bool, isPositive: Bool, number: Int)? {
    let parts = name.split(separator: "/")
    guard parts.count >= 3, let file = parts.last, file.hasSuffix(".txt") else { return nil }
    let (split, label) = (parts[parts.count - 3], parts[parts.count - 2])
    let numbers = file.dropLast(4).split(separator: "_", omittingEmptySubsequences: false)
    guard split == "train" || split == "test", label == "neg" || label == "pos", numbers.count == 2,
      numbers.joined().allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(numbers[0]), Int(numbers[1]) != nil
    else { return nil }
    return (split == "test", label == "pos", number)
  }
}

extension Review {
  /// Folder of the archive.
  package var folder: String { (isTest ? "test" : "train") + (isPositive ? "/pos" : "/neg") }

  fileprivate var order: (Int, Int, Int) { (isTest ? 1 : 0, isPositive ? 1 : 0, number) }
}
