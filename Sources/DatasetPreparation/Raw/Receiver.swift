import Foundation

/// Takes the bytes of one response, after a look at its first ones.
final class Receiver {
  private let transfer: Transfer
  let response: Response
  private let descriptor: Int32
  private var received: Int
  /// Why the response was refused, if it was.
  private(set) var verdict: Transfer.Outcome?

  init(transfer: Transfer, response: Response, descriptor: Int32) {
    (self.transfer, self.response, self.descriptor) = (transfer, response, descriptor)
    received = response.offset
  }

  /// Whether the transfer shall go on.
  func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if received == response.offset {
      verdict = judgement(ofFirst: bytes)
      if verdict == nil { transfer.began(PartNote(url: transfer.url, validator: response.validator, total: response.total)) }
    }
    if let expected = transfer.expectedBytes, received + bytes.count > expected, verdict == nil {
      verdict = .unusable("it sent more than the expected \(expected) bytes")
    }
    guard verdict == nil else { return false }
    var done = 0
    while done < bytes.count {
      let count = write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        verdict = .unwritable
        return false
      }
      done += count
    }
    received += bytes.count
    transfer.progress(received, response.total)
    return true
  }

  private func judgement(ofFirst bytes: UnsafeRawBufferPointer) -> Transfer.Outcome? {
    if let verdict = response.verdict { return verdict }
    if response.offset > 0 {
      let isOtherVersion = transfer.earlier.map {
        $0.validator != response.validator || $0.total != nil && $0.total != response.total
      }
      return response.status == 200 || isOtherVersion == true ? .cannotResume : nil
    }
    // Servers that pack text for the way; of `.gz` files some say so too, and send the file as it is.
    if transfer.mustProveItsEnd, let encoding = response.encoding, !transfer.url.hasSuffix("gz") {
      return .unusable("it sent the file packed (\(encoding)), which was not asked for")
    }
    return WebPage.name(ofPrefix: bytes).map { .unusable("it sent \($0), not the file") }
  }
}
