/// Colour to gray as Pillow's `convert("L")` does.
package enum Grayscale {
  /// 0.299 R + 0.587 G + 0.114 B in 16-bit fixed point, rounded.
  ///
  /// - Source: ITU-R 601-2 luma transform; Pillow, libImaging/Convert.c, L24.
  package static func luma(red: UInt8, green: UInt8, blue: UInt8) -> UInt8 {
    let sum: UInt32 = UInt32(red) * 19595 + UInt32(green) * 38470 + UInt32(blue) * 7471
    return UInt8((sum + 0x8000) >> 16)
  }
}
