import Foundation
import Synchronization

/// A tiny HTTP server on 127.0.0.1 that answers each request with a script of steps, then closes the connection.
package final class LoopbackServer: Sendable {
  package struct Request: Sendable, Equatable {
    package let path: String
    /// First byte asked for by a `Range` header.
    package let rangeStart: Int?
    /// 0 for the first request to the server.
    package let number: Int
  }

  package enum Step: Sendable {
    case send(Data)
    /// Sends nothing for so many seconds.
    case pause(Double)
  }

  package let port: UInt16
  private let listener: Int32
  private let log = Mutex<[Request]>([])
  private let stopped = Atomic<Bool>(false)

  /// Requests so far, in order.
  package var requests: [Request] { log.withLock { $0 } }

  package init(_ respond: @escaping @Sendable (Request) -> [Step]) throws {
    // A proxy of the environment must not see requests to this machine.
    setenv("no_proxy", "127.0.0.1", 1)
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, length) | listen(listener, 8) | getsockname(listener, generic, &length)
      }
    }
    guard listener >= 0, status == 0 else { throw CocoaError(.fileReadUnknown) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in
      while case let connection = accept(listener, nil, nil), connection >= 0 {
        Thread.detachNewThread {
          self.answer(connection, respond)
          close(connection)
        }
      }
      close(listener)
    }
  }

  /// Ends the server; its thread holds it alive until then, and closes the socket, whose number would else be another's at once.
  package func stop() {
    stopped.store(true, ordering: .relaxed)
    shutdown(listener, Int32(SHUT_RDWR))
  }

  package func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  private func answer(_ connection: Int32, _ respond: (Request) -> [Step]) {
    guard let request = read(connection) else { return }
    for step in respond(request) {
      switch step {
      case .send(let data):
        _ = data.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      case .pause(let seconds):
        let end = Date().addingTimeInterval(seconds)
        while Date() < end && !stopped.load(ordering: .relaxed) { usleep(20_000) }
      }
    }
  }

  private func read(_ connection: Int32) -> Request? {
    var header = Data()
    var byte: UInt8 = 0
    while header.suffix(4) != Data("\r\n\r\n".utf8) {
      guard recv(connection, &byte, 1, 0) == 1 else { return nil }
      header.append(byte)
    }
    let lines = String(decoding: header, as: UTF8.self).components(separatedBy: "\r\n")
    let range = lines.first { $0.lowercased().hasPrefix("range: bytes=") }
    let start = range.flatMap { Int($0.dropFirst("range: bytes=".count).prefix { $0.isNumber }) }
    return log.withLock { log in
      let request = Request(path: lines[0].components(separatedBy: " ")[1], rangeStart: start, number: log.count)
      log.append(request)
      return request
    }
  }
}

extension LoopbackServer.Step {
  package static func head(_ status: String, _ fields: [String]) -> Self {
    .send(Data((["HTTP/1.1 \(status)"] + fields + ["Connection: close", "", ""]).joined(separator: "\r\n").utf8))
  }

  /// A whole answer.
  package static func answer(_ status: String, _ body: Data, _ fields: [String] = []) -> [Self] {
    [.head(status, fields + ["Content-Length: \(body.count)"]), .send(body)]
  }

  /// The part of `content` that the request asks for, as an honest server sends it.
  package static func content(_ content: Data, for request: LoopbackServer.Request, tag: String = "\"1\"") -> [Self] {
    [contentHead(content, for: request, tag: tag), .send(content.dropFirst(request.rangeStart ?? 0))]
  }

  /// The head of that answer alone.
  package static func contentHead(_ content: Data, for request: LoopbackServer.Request, tag: String = "\"1\"") -> Self {
    guard let start = request.rangeStart else { return head("200 OK", ["ETag: \(tag)", "Content-Length: \(content.count)"]) }
    let range = "Content-Range: bytes \(start)-\(content.count - 1)/\(content.count)"
    return head("206 Partial Content", [range, "ETag: \(tag)", "Content-Length: \(content.count - start)"])
  }
}
