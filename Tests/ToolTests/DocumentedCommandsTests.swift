import Foundation
import TestSupport
import Testing

/// Every command that README and the pages name exists: Make's are run with -n, options of tools are looked up in their help.
@Suite(.temporaryFolder) struct DocumentedCommandsTests {
  struct Command: CustomStringConvertible {
    let page: String
    let text: String
    var words: [String] { Self.split(text) }
    var description: String { "\(page): \(text)" }

    /// Words as a shell sees them, without its variables.
    private static func split(_ text: String) -> [String] {
      var (words, word, quote): ([String], String, Character?) = ([], "", nil)
      for letter in text {
        if letter == quote {
          quote = nil
        } else if quote == nil, letter == "\"" || letter == "'" {
          quote = letter
        } else if quote == nil, letter == " " {
          if !word.isEmpty { words.append(word) }; word = ""
        } else {
          word.append(letter)
        }
      }
      return word.isEmpty ? words : words + [word]
    }
  }

  private static let pages: [String] = {
    let docs = (try? FileManager.default.contentsOfDirectory(atPath: "\(Fixtures.repository)/docs")) ?? []
    return ["README.md", "results/README.md", "data/README.md"] + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
  }()

  /// Lines of code blocks without comments, with continued lines joined, and what stands in backticks elsewhere.
  static func commands() throws -> [Command] {
    try pages.flatMap { page -> [Command] in
      let text = try String(contentsOfFile: "\(Fixtures.repository)/\(page)", encoding: .utf8)
      var (inBlock, found): (Bool, [String]) = (false, [])
      for line in text.replacing("\\\n", with: " ").split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("```") {
          inBlock.toggle()
        } else if inBlock {
          found.append(String(line))
        } else {
          found += line.matches(of: /`([^`]+)`/).map { String($0.1) }
        }
      }
      return found.map { $0.replacing(/(^|\s)#.*$/, with: "").trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }.map { Command(page: page, text: $0) }
    }
  }

  /// Such as `make run EXPERIMENT=id`, `make data-…` or `make reproduce-GROUP`: a form, not a command.
  private static func isForm(_ command: Command) -> Bool {
    command.text.contains(/[…<>*]|\.\.\./)
      || command.words.contains { $0.contains(/GROUP|=(id|ID|name|folder|dir)$/) && !$0.hasPrefix("DIR=") }
  }

  @Test("every make command of README and the pages has its target, variables, group, task and experiment") func makeCommands() throws {
    let workspace = try MakeWorkspace()
    let variables = try workspace.make("help").result.output.matches(of: /(?m)^  ([A-Z_]+)[ ]/).map { String($0.1) }
    #expect(variables.contains("PRESET"))
    // The commands of that page are for what it adds: `OwnMethodPageTests`.
    let commands = try Self.commands().filter { $0.text.hasPrefix("make ") && !Self.isForm($0) && $0.page != "docs/your-own-method.md" }
    #expect(commands.count > 20, "\(commands)")
    var seen: Set<String> = []
    for command in commands where seen.insert(command.text).inserted {
      let arguments = Array(command.words.dropFirst())
      let (result, calls) = try workspace.make(["-n"] + arguments)
      #expect(result.status == 0, "\(command): \(result.errors)")
      #expect(calls == [])
      for variable in arguments.compactMap({ $0.firstMatch(of: /^([A-Za-z_]+)=/)?.1 }) {
        #expect(variables.contains(String(variable)), "\(command): make help knows no \(variable)")
      }
    }
  }

  @Test("every tool that README and the pages call has the subcommand and the options") func toolCommands() throws {
    let products = try #require(
      try? String(contentsOfFile: "\(Fixtures.repository)/Package.swift", encoding: .utf8).matches(of: /tool\(\s*"([a-z0-9-]+)"/)
        .map { String($0.1) })
    var count = 0
    for command in try Self.commands() where !command.text.contains("…") {
      guard let first = command.words.first else { continue }
      let tool = first.hasPrefix(".build/") ? (first as NSString).lastPathComponent : first
      guard products.contains(tool), command.words.count > 1 else {
        #expect(!first.hasPrefix(".build/release/") || products.contains(tool), "\(command): Package.swift has no such tool")
        continue
      }
      let subcommands = command.words.dropFirst().prefix { $0.contains(/^[a-z][a-z0-9-]*$/) }.prefix(1)
      var help = try BuiltTool.run(tool, Array(subcommands) + ["--help"])
      if help.status != 0 { help = try BuiltTool.run(tool, ["--help"]) }
      #expect(help.status == 0, "\(command): \(help.errors)")
      for option in command.words.filter({ $0.hasPrefix("--") }) {
        let name = option.prefix { $0 != "=" }
        #expect(
          help.output.contains("\(name) ") || help.output.contains("\(name)\n") || help.output.contains("\(name)]"),
          "\(command): no option \(name)")
      }
      count += 1
    }
    #expect(count >= 6)
  }
}
