import Foundation
import TestSupport
import Testing

/// Targets that measure, with tools that only note their calls.
@Suite(.temporaryFolder) struct MakeBenchmarkTests {
  private let workspace: MakeWorkspace
  init() throws { workspace = try MakeWorkspace() }

  @Test("SHAPE measures one step") func oneShape() throws {
    let (result, calls) = try workspace.make("benchmark", "SHAPE=image")
    #expect(result.status == 0 && calls == ["benchmark train-step --shape image"], "\(result) \(calls)")
  }

  @Test("SHAPES and LAYERS narrow the tables, which are kept as files") func tables() throws {
    let calls = try workspace.calls("benchmark-steps", "benchmark-floor", "SHAPES=image text", "LAYERS=hope")
    #expect(calls == ["benchmark steps --layers hope --shapes image text", "benchmark floor"])
    #expect(try String(contentsOfFile: "\(workspace.folder)/results/benchmark/steps.csv", encoding: .utf8) == "shape,ms\n")
    let all = try workspace.make("benchmark-steps").calls
    #expect(all == ["benchmark steps --layers s4d", "benchmark steps --layers tfb dfout hope --shapes image-small listops"])
  }

  @Test("without a way to install the peers their comparison is skipped; other failures are failures", arguments: [75, 1])
  func peers(code: Int32) throws {
    try "#!/bin/bash\necho 'peers: no network' >&2; exit \(code)".write(
      toFile: "\(workspace.folder)/scripts/peers/install.sh", atomically: false, encoding: .utf8)
    let (result, calls) = try workspace.make("benchmark-peers")
    #expect(calls.isEmpty && result.errors.contains("peers: no network"))
    #expect((result.status == 0) == (code == 75), "\(result)")
    #expect(result.output.contains("benchmark-peers: skipped") == (code == 75))
  }
}
