import CCurl

/// What a server says of the file it sends, read from a request's handle while or after it answers.
struct Response {
  let handle: UnsafeMutableRawPointer
  /// Where in the file the request begins.
  let offset: Int

  /// The response code; 0 for `file:`.
  var status: Int { number(CURLINFO_RESPONSE_CODE) }

  /// A judgement from the response code alone; nil if the body is the file.
  var verdict: Transfer.Outcome? {
    switch status {
    case 0, 200, 206: nil
    case 404, 410: .absent("the server answers \(status), it has no such file")
    case 408, 429, 500, 502, 503, 504: .interrupted("the server answers \(status)")
    case 416: .cannotResume
    default: .refused("the server answers \(status)")
    }
  }

  /// Where the last redirect leads, or would.
  var address: String? {
    var text: UnsafeMutablePointer<CChar>?
    _ = ssm_curl_get_string(handle, CURLINFO_EFFECTIVE_URL, &text)
    return text.map { String(cString: $0) }
  }

  /// Bytes of the whole file, if the server states them.
  var total: Int? {
    var rest: curl_off_t = -1
    _ = ssm_curl_get_offset(handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &rest)
    return rest < 0 ? nil : offset + Int(rest)
  }

  /// What names this version of the file, fit for `If-Range`: weak tags are not.
  var validator: String? {
    if let tag = header("ETag"), !tag.hasPrefix("W/") { return tag }
    return header("Last-Modified")
  }

  /// Whether a cut body would be noticed: by its length, by the mark that ends the last chunk, or by that of a stream of HTTP/2.
  var hasEnd: Bool {
    let isChunked = header("Transfer-Encoding")?.lowercased().contains("chunked") == true
    return status == 0 || total != nil || isChunked || number(CURLINFO_HTTP_VERSION) >= CURL_HTTP_VERSION_2_0
  }

  /// How the body is packed for the way, though nothing of the kind was asked for.
  var encoding: String? { header("Content-Encoding").flatMap { $0.lowercased() == "identity" ? nil : $0 } }

  func header(_ name: String) -> String? { ssm_curl_header(handle, name).map { String(cString: $0) } }

  private func number(_ information: CURLINFO) -> Int {
    var value = 0
    _ = ssm_curl_get_long(handle, information, &value)
    return value
  }
}
