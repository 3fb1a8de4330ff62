import Foundation
import RunSupport

/// Recognises web pages that servers send in place of a file: log-in forms, quota notices, error pages.
enum WebPage {
  /// How many bytes from the start are looked at.
  static let prefixLength = 4096

  /// What page the bytes are the beginning of, or nil if they are no HTML.
  static func name(ofPrefix bytes: some Collection<UInt8>) -> String? {
    let text = String(decoding: bytes.prefix(prefixLength), as: UTF8.self)
    let start = text.drop(while: { $0.isWhitespace || $0 == "\u{FEFF}" }).prefix(200).lowercased()
    guard ["<!doctype html", "<html", "<head", "<body"].contains(where: start.hasPrefix) else { return nil }
    let title = title(of: text)
    if text.contains("Google Drive - Quota exceeded") { return "Google Drive's page \"Quota exceeded\"" }
    if text.contains("Google Drive - Virus scan warning") { return "Google Drive's page \"Virus scan warning\"" }
    return title.map { "an HTML page titled \"\($0)\"" } ?? "an HTML page"
  }

  /// - Throws: `StageError` (`badData`) if the file is a web page.
  static func refuse(file path: String, advice: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw AtomicFile.failure("read a file", path) }
    defer { try? handle.close() }
    guard let page = name(ofPrefix: try handle.piece(upTo: prefixLength, of: path) ?? Data()) else { return }
    throw StageError(.badData, "\(path) is a web page", where: path, why: "it is \(page), not the file", fix: advice)
  }

  private static func title(of text: String) -> String? {
    guard let start = text.range(of: "<title>", options: .caseInsensitive),
      let end = text.range(of: "</title>", options: .caseInsensitive, range: start.upperBound..<text.endIndex)
    else { return nil }
    let title = text[start.upperBound..<end.lowerBound].trimmingCharacters(in: .whitespacesAndNewlines)
    return title.isEmpty ? nil : String(title.prefix(80))
  }
}
