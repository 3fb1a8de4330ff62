import CCurl
import Foundation

/// One request by libcurl that appends to a file.
struct Transfer {
  /// How the request ended.
  enum Outcome: Equatable {
    case complete
    /// Worth another attempt: a time-out, a cut connection, an overloaded server.
    case interrupted(String)
    /// The server cannot continue from the middle, or has nothing after it.
    case cannotResume
    /// The source has no such file.
    case absent(String)
    /// The server sent a web page.
    case page(String)
    /// Any other refusal.
    case refused(String)
    /// The bytes could not be written.
    case unwritable
  }

  let url: String
  let policy: TransferPolicy
  /// Called with the bytes in the file and the expected total, if known.
  let progress: (Int, Int?) -> Void

  /// Appends the bytes from `offset` on to an open file.
  func run(appendingTo descriptor: Int32, from offset: Int) -> Outcome {
    guard Self.libraryReady, let handle = curl_easy_init() else { return .refused("libcurl cannot start") }
    defer { curl_easy_cleanup(handle) }
    let receiver = Receiver(handle: handle, descriptor: descriptor, offset: offset, progress: progress)
    configure(handle, receiver: receiver, offset: offset)
    let code = withExtendedLifetime(receiver) { curl_easy_perform(handle) }
    if let verdict = receiver.verdict { return verdict }
    return Self.outcome(of: code, status: Self.status(handle))
  }

  private func configure(_ handle: UnsafeMutableRawPointer, receiver: Receiver, offset: Int) {
    _ = ssm_curl_set_string(handle, CURLOPT_URL, url)
    _ = ssm_curl_set_string(handle, CURLOPT_USERAGENT, "ssm-repro")
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

  /// The response code of the last response; 0 for `file:`.
  fileprivate static func status(_ handle: UnsafeMutableRawPointer) -> Int {
    var status = 0
    _ = ssm_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return status
  }

  /// A judgement from the response code alone; nil if the body is the file.
  fileprivate static func verdict(onStatus status: Int) -> Outcome? {
    switch status {
    case 0, 200, 206: nil
    case 404, 410: .absent("the server answers \(status), it has no such file")
    case 408, 429, 500, 502, 503, 504: .interrupted("the server answers \(status)")
    case 416: .cannotResume
    default: .refused("the server answers \(status)")
    }
  }

  private static func outcome(of code: CURLcode, status: Int) -> Outcome {
    if code == CURLE_OK { return verdict(onStatus: status) ?? .complete }
    let reason = String(cString: curl_easy_strerror(code))
    let passing = [
      CURLE_OPERATION_TIMEDOUT, CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_RECV_ERROR,
      CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_HTTP2, CURLE_HTTP2_STREAM,
    ]
    // libcurl says so too of a busy server's answer, which has no range.
    if code == CURLE_RANGE_ERROR || code == CURLE_BAD_DOWNLOAD_RESUME { return verdict(onStatus: status) ?? .cannotResume }
    if code == CURLE_FILE_COULDNT_READ_FILE { return .absent("there is no such file") }
    return passing.contains(code) ? .interrupted(reason) : .refused(reason)
  }

  private static let libraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

/// Takes the bytes of one response, after a look at its first ones.
private final class Receiver {
  private let handle: UnsafeMutableRawPointer
  private let descriptor: Int32
  private let progress: (Int, Int?) -> Void
  private let offset: Int
  private(set) var received: Int
  /// Why the response was refused, if it was.
  private(set) var verdict: Transfer.Outcome?

  init(handle: UnsafeMutableRawPointer, descriptor: Int32, offset: Int, progress: @escaping (Int, Int?) -> Void) {
    self.handle = handle
    self.descriptor = descriptor
    self.offset = offset
    self.progress = progress
    received = offset
  }

  /// Whether the transfer shall go on.
  func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if received == offset { verdict = judgement(ofFirst: bytes) }
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
    progress(received, announcedTotal)
    return true
  }

  private func judgement(ofFirst bytes: UnsafeRawBufferPointer) -> Transfer.Outcome? {
    let status = Transfer.status(handle)
    if let verdict = Transfer.verdict(onStatus: status) { return verdict }
    if offset > 0 && status == 200 { return .cannotResume }
    return offset == 0 ? WebPage.name(ofPrefix: bytes).map(Transfer.Outcome.page) : nil
  }

  private var announcedTotal: Int? {
    var rest: curl_off_t = -1
    _ = ssm_curl_get_offset(handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &rest)
    return rest < 0 ? nil : offset + Int(rest)
  }
}
