/// Which planes of a frame are looked at.
package enum FrameColour: String, Sendable, CaseIterable {
  /// Every plane, also one that is black throughout: what the source's numbers are taken over.
  case all
  case red, blue

  /// The colours of frames with so many planes: of gray frames there is one.
  static func colours(planeCount: Int) -> [FrameColour] { planeCount == 3 ? allCases : [.all] }

  func planes(of planeCount: Int) -> [Int] {
    switch self {
    case .all: Array(0..<planeCount)
    case .red: [0]
    case .blue: [2]
    }
  }
}
