import CCurl
import Foundation

/// One request by libcurl that appends to a file.
struct Transfer {
  /// How the request ended.
  enum Outcome: Equatable {
    case complete
    /// Worth another attempt: a time-out, a cut connection, an overloaded server.
    case interrupted(String)
    /// The server cannot continue from the middle, has nothing after it, or has another version by now.
    case cannotResume
    /// The source has no such file.
    case absent(String)
    /// What was sent cannot be the file, or cannot be told from a part of it.
    case unusable(String)
    /// Any other refusal.
    case refused(String)
    /// The bytes could not be written.
    case unwritable
  }

  let url: String
  let policy: TransferPolicy
  /// Bytes of the file, if they are known beforehand: more are not taken.
  var expectedBytes: Int?
  /// Whether the answer itself must show that it is the whole file, because nothing else will.
  var mustProveItsEnd = false
  /// What an earlier part is of, where a server has to confirm that it still sends the same.
  var earlier: PartNote?
  /// Called with the version and length that the server states, before the first byte is written.
  var began: (PartNote) -> Void = { _ in }
  /// Called with the bytes in the file and the expected total, if known.
  let progress: (Int, Int?) -> Void

  /// Appends the bytes from `offset` on to an open file.
  func run(appendingTo descriptor: Int32, from offset: Int) -> Outcome {
    guard Self.libraryReady, let handle = curl_easy_init() else { return .refused("libcurl cannot start") }
    defer { curl_easy_cleanup(handle) }
    let receiver = Receiver(transfer: self, response: Response(handle: handle, offset: offset), descriptor: descriptor)
    let condition = earlier?.validator.map { curl_slist_append(nil, "If-Range: \($0)") }
    defer { if let condition { curl_slist_free_all(condition) } }
    configure(handle, receiver: receiver, offset: offset)
    if offset > 0, let condition { _ = ssm_curl_set_pointer(handle, CURLOPT_HTTPHEADER, condition) }
    let code = withExtendedLifetime(receiver) { curl_easy_perform(handle) }
    return receiver.verdict ?? outcome(of: code, receiver.response)
  }

  private func configure(_ handle: UnsafeMutableRawPointer, receiver: Receiver, offset: Int) {
    let texts: [(CURLoption, String)] = [
      (CURLOPT_URL, url), (CURLOPT_USERAGENT, "ssm-repro"),
      (CURLOPT_PROTOCOLS_STR, TransferPolicy.schemes.joined(separator: ",")),
      (CURLOPT_REDIR_PROTOCOLS_STR, TransferPolicy.redirectSchemes(from: url).joined(separator: ",")),
    ]
    for (option, value) in texts { _ = ssm_curl_set_string(handle, option, value) }
    let numbers: [(CURLoption, Int)] = [
      (CURLOPT_FOLLOWLOCATION, 1), (CURLOPT_MAXREDIRS, 10), (CURLOPT_NOSIGNAL, 1),
      (CURLOPT_CONNECTTIMEOUT, policy.connectSeconds), (CURLOPT_LOW_SPEED_TIME, policy.slowSeconds),
      (CURLOPT_LOW_SPEED_LIMIT, policy.slowBytesPerSecond),
    ]
    for (option, value) in numbers { _ = ssm_curl_set_long(handle, option, value) }
    if offset > 0 { _ = ssm_curl_set_offset(handle, CURLOPT_RESUME_FROM_LARGE, curl_off_t(offset)) }
    _ = ssm_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(receiver).toOpaque())
    _ = ssm_curl_set_writer(handle) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
      return Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue().accept(buffer) ? size * count : 0
    }
  }

  private func outcome(of code: CURLcode, _ response: Response) -> Outcome {
    if code == CURLE_OK {
      if let verdict = response.verdict { return verdict }
      if mustProveItsEnd && !response.hasEnd {
        return .unusable(
          "the server states neither length nor end of the file, so that a cut one would look whole, and no hash is published")
      }
      return .complete
    }
    let reason = String(cString: curl_easy_strerror(code))
    let passing = [
      CURLE_OPERATION_TIMEDOUT, CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_RECV_ERROR,
      CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_HTTP2, CURLE_HTTP2_STREAM,
    ]
    // libcurl says so too of a busy server's answer, which has no range.
    if code == CURLE_RANGE_ERROR || code == CURLE_BAD_DOWNLOAD_RESUME { return response.verdict ?? .cannotResume }
    if code == CURLE_FILE_COULDNT_READ_FILE { return .absent("there is no such file") }
    if code == CURLE_UNSUPPORTED_PROTOCOL, let target = response.address, target != url {
      let followed = TransferPolicy.redirectSchemes(from: url).joined(separator: " and ")
      return .refused("it redirects to \(target.prefix(200)), but only \(followed) is followed from here")
    }
    return passing.contains(code) ? .interrupted(reason) : .refused(reason)
  }

  private static let libraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
