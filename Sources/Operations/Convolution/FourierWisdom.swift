import CFFTW
import Foundation
import RunSupport

/// What FFTW once learned about the fastest plans of some lengths, as text that belongs to this source code.
///
/// Estimated plans of long transforms take up to three times as long as these. The text is data, so every process makes the same plans and
/// the same bits from it. Another build of FFTW refuses it as a whole; then all plans are estimated.
package enum FourierWisdom {
  /// Written by `benchmark plan-transforms`.
  private static let text = String(decoding: PackageResources.fftw_wisdom_txt, as: UTF8.self)

  /// Whether this FFTW took the stored text.
  static let isUsable: Bool = fftwf_import_wisdom_from_string(text) != 0

  /// How plans are made, for the fingerprint of a run: another text may give other plans and so other bits.
  static var planning: String { planning(with: isUsable ? text : nil) }

  /// How plans are made with a given text: the first 12 digits of its SHA-256 name it; nil is no usable text.
  package static func planning(with text: String?) -> String {
    text.map { "wisdom \(FileHash.hex(of: Data($0.utf8)).prefix(12)), else estimate" } ?? "estimate"
  }

  /// The lengths worth learning: transforms of sequences of the reported experiments and benchmarks.
  package static let usualLengths =
    (6...17).map { 1 << $0 } + [1568, 1600, 2000, 4000, 8000, 16000, 32000]

  /// Learns the fastest plans of `lengths` on this machine; it takes minutes and gives another text each time.
  ///
  /// - Parameter progress: called before each length.
  package static func learn(_ lengths: [Int], progress: (Int) -> Void) -> String {
    fftwf_forget_wisdom()
    for length in lengths {
      progress(length)
      let scratch = Tensor(uninitialized: [length, 2])
      let buffer = FourierTransform.complex(scratch.elements)
      for sign in [FFTW_FORWARD, FFTW_BACKWARD] {
        fftwf_destroy_plan(fftwf_plan_dft_1d(Int32(length), buffer, buffer, sign, UInt32(FFTW_PATIENT)))
      }
    }
    guard let learned = fftwf_export_wisdom_to_string() else { preconditionFailure("FourierWisdom: FFTW exports nothing") }
    defer { free(learned) }
    return String(cString: learned)
  }
}
