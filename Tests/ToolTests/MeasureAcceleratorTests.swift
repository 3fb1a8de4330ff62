import Foundation
import RunSupport
import TestSupport
import Testing

/// `scripts/accelerator/measure` with a made-up executable: what it says of losses, of bits and of time.
@Suite(.temporaryFolder, .enabled(if: Python.run("")?.status == 0, "needs python3")) struct MeasureAcceleratorTests {
  private static let header =
    "shape,direction,ms_median,ms_min,ms_max,peak_rss_mb,threads,compile_s,first_ms,planned_mb,device_peak_mb,losses,weights_sha256,platform,"
    + "device,precision,flags,plugin_version,plugin_sha256"

  init() throws {
    // The stored losses are those of the shape tiny.
    try """
    #!/bin/bash
    cd "$(dirname "$0")"
    echo "$*" >>calls
    case $1 in
      shapes) printf 'shape,batch,length,width,layers,classes,reported\\ntiny,2,64,8,2,3,0\\nimage,50,1024,512,6,10,1\\n' ;;
      train-step)
        if [[ $* == *--threads* ]]; then printf 'shape,direction,ms_median,ms_min,ms_max,peak_rss_mb,threads\\n%s,uni,5,4,6,100,%s\\n' "$3" "$5"; exit; fi
        if [ -e wait ]; then sleep 60; fi
        if [ -e code ]; then echo 'error: made up' >&2; exit "$(cat code)"; fi
        printf '\(Self.header)\\n%s,uni,1,1,1,100,1,2,3,4,5,%s,%s,gpu,card,tf32,a=b,1,c\\n' \\
          "$3" "$(cat losses)" "$(cat weights; if [ -e other ]; then wc -l <calls; fi)" ;;
    esac
    """.write(toFile: folder + "/benchmark", atomically: false, encoding: .utf8)
    #expect(chmod(folder + "/benchmark", 0o755) == 0)
    for (name, text) in [("losses", "0.924499 0.920414 0.9164"), ("weights", "abc"), ("plugin.so", "")] {
      try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
    }
  }

  private func measure(_ arguments: String..., device: String? = nil) throws -> ProcessResult {
    try ProcessResult.run(
      "\(Fixtures.repository)/scripts/accelerator/measure", arguments, in: folder,
      environment: [
        "BENCHMARK": folder + "/benchmark", "DEVICE": device ?? folder + "/plugin.so", "OUT": folder + "/out",
        "SSM_ACCELERATORS": folder + "/none",
      ])
  }

  private func rows(_ call: String) throws -> [[String: String]] {
    BuiltTool.rows(try String(contentsOfFile: "\(folder)/out/\(call).csv", encoding: .utf8))
  }

  private func note(_ name: String, _ text: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
  }

  private var steps: [String] {
    ((try? String(contentsOfFile: folder + "/calls", encoding: .utf8)) ?? "").split(separator: "\n").map(String.init).filter {
      $0.hasPrefix("train-step")
    }
  }

  @Test("a shape is measured in two processes, and not again by the next call") func shapes() throws {
    for _ in 1...2 {
      let result = try measure("shapes", "tiny")
      #expect(result.status == 0, "\(result)")
      #expect(steps == Array(repeating: "train-step --shape tiny --device \(folder)/plugin.so --precision tf32 --runs 30", count: 2))
    }
    let row = try #require(rows("shapes").first)
    #expect(row["implementation"] == "ours" && row["same_bits"] == "yes" && row["order"] == "fixed" && row["flags"] == "a=b", "\(row)")
    #expect(row["loss_difference"] == "3.7e-05" && row["loss_tolerance"] == "0.01" && row["planned_mb"] == "4", "\(row)")
  }

  @Test("losses of another model and other bits are errors, whose rows stay", arguments: [true, false]) func wrong(areLosses: Bool) throws {
    try areLosses ? note("losses", "0.924499 0.94 0.95") : note("other", "")
    let result = try measure("shapes", "tiny")
    #expect(result.status == 70 && result.errors.contains("  fix:   "), "\(result)")
    #expect(
      result.errors.contains(areLosses ? "tiny, tf32: 3.4e-02, 0.01 are allowed" : "two processes left different weights"), "\(result)")
    #expect(try rows("shapes").count == 1)
    // The next call does not forget it.
    #expect(try measure("shapes", "tiny").status == 70)
  }

  @Test("what does not fit is stopped and named, and what is done stays") func time() throws {
    #expect(try measure("shapes", "tiny").status == 0)
    try note("wait", "")
    let result = try measure("shapes", "tiny", "image", "--limit", "4")
    #expect(result.status == 75 && result.errors.contains("the same call goes on with it: image, tf32"), "\(result)")
    #expect(try rows("shapes").map { $0["shape"] } == ["tiny"])
  }

  @Test("TERM ends the program that runs, and what is done stays") func term() throws {
    #expect(try measure("shapes", "tiny").status == 0)
    try note("wait", "")
    let script =
      "timeout --foreground -s TERM 3 '\(Fixtures.repository)/scripts/accelerator/measure' shapes image; echo $?; ls -d tmp/ssm-measure-*"
    try AtomicFile.makeDirectory(folder + "/tmp")
    let start = ResourceUsage.monotonicSeconds
    let result = try ProcessResult.run(
      "/bin/bash", ["-c", script], in: folder,
      environment: ["BENCHMARK": folder + "/benchmark", "DEVICE": "./plugin.so", "OUT": folder + "/out", "TMPDIR": folder + "/tmp"])
    #expect(result.output == "124\n" && ResourceUsage.monotonicSeconds - start < 50, "\(result)")
    #expect(try rows("shapes").map { $0["shape"] } == ["tiny"])
  }

  @Test("precisions, the cost of equal bits and our own engine; peers that are not installed are named") func precision() throws {
    // Without Python's packages.
    let script = "exec python3 -S '\(Fixtures.repository)/scripts/accelerator/measure' precision tiny"
    let result = try ProcessResult.run(
      "/bin/bash", ["-c", script], in: folder,
      environment: ["BENCHMARK": folder + "/benchmark", "DEVICE": folder + "/plugin.so", "OUT": folder + "/out"])
    #expect(result.status == 0 && result.errors.contains("torch-compile: torch is not installed"), "\(result)")
    #expect(result.errors.contains("jax-jit: jax is not installed"), "\(result)")
    let rows = try rows("precision")
    let ours = rows.filter { $0["implementation"] == "ours" }.map { "\($0["precision"] ?? "") \($0["order"] ?? "")" }
    #expect(ours == ["tf32 fixed", "tf32x3 fixed", "fp32 fixed", "tf32 any"], "\(rows)")
    #expect(steps.filter { $0.hasSuffix("--any-order") }.count == 1)
    let threads = rows.filter { $0["implementation"] == "ours on the processor" }.compactMap { Int($0["threads"] ?? "") }
    #expect(threads.last == 1 && threads == threads.sorted(by: >), "\(rows)")
  }

  @Test("a device that cannot be used ends it at once, with the executable's code") func hopeless() throws {
    try note("code", "66")
    let result = try measure("shapes")
    #expect(result.status == 66 && result.errors.contains("error: made up") && steps.count == 1, "\(result) \(steps)")
    try note("code", "71")
    let shortage = try measure("shapes", "tiny", "image")
    #expect(shortage.status == 71 && shortage.errors.contains("where: tiny, tf32; image, tf32"), "\(shortage)")
  }

  @Test("unknown shapes, devices and plugins are refused") func refusals() throws {
    for (result, status, words) in [
      (try measure("shapes", "tny"), 64, "unknown shape tny"), (try measure("shapes", device: "rocm"), 64, "known are cpu, cuda"),
      (try measure("shapes", device: "./none.so"), 66, "there is no plugin ./none.so"),
    ] {
      #expect(result.status == status && result.errors.contains(words) && result.errors.contains("  fix:   "), "\(result)")
    }
  }

  @Test("the stored losses are those of our own engine") func losses() throws {
    let stored = BuiltTool.rows(try String(contentsOfFile: "\(Fixtures.repository)/scripts/accelerator/losses.csv", encoding: .utf8))
    let reported = try BuiltTool.table("benchmark", ["shapes"]).filter { $0["reported"] == "1" }.compactMap { $0["shape"] }
    #expect(
      stored.map { "\($0["shape"] ?? "") \($0["step"] ?? "")" } == (["tiny"] + reported).flatMap { name in (1...6).map { "\(name) \($0)" } }
    )
    let shapes = ["tiny", "image-small"]
    let computed = try BuiltTool.table("benchmark", ["losses", "--shapes"] + shapes)
    for (row, reference) in zip(computed, stored.filter { shapes.contains($0["shape"] ?? "") }) {
      let (loss, expected) = (Double(row["loss"] ?? "") ?? .nan, Double(reference["loss"] ?? "") ?? .nan)
      #expect(row["shape"] == reference["shape"] && abs(loss - expected) < 1e-4 * expected, "\(row) \(reference)")
    }
    #expect(computed.count == 12)
  }
}
