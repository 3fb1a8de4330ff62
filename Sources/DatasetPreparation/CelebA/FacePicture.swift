/// From a portrait to the sequence of a record.
package enum FacePicture {
  /// The square that is cut out of the middle of a 178×218 picture.
  package static let cropSide = 178

  /// Centre crop, then resize.
  ///
  /// - Returns: red, green and blue of each pixel, row by row: shape [height · width, 3].
  /// - Source: TFB's CelebA pipeline: torchvision's CenterCrop(178) and Resize((2048, 128)) on Pillow pictures.
  package static func sequence(_ picture: Picture, height: Int, width: Int) -> [UInt8] {
    let square = CenteredSquare.crop(picture, side: cropSide)
    return BilinearResize(fromWidth: square.width, height: square.height, toWidth: width, height: height).resize(square).pixels
  }
}
