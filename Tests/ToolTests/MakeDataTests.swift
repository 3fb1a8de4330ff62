import Testing

/// Targets that prepare data without a run, with tools that only note their calls.
@Suite struct MakeDataTests {
  @Test("the name of a prepared folder becomes the options of the tool") func options() throws {
    try MakeWorkspace.use { workspace in
      let (result, calls) = try workspace.make("data-celeba", "data-moving-mnist", "PRESET=smoke", "MIRROR=/archives")
      #expect(result.status == 0, "\(result.errors)")
      #expect(
        calls.sorted() == [
          "prepare-celeba preprocess --source generated --height 64 --seed 1 --test 8 --train 32 --validation 8 --width 32 --output "
            + "data/prepared/celeba/generated-height-64-seed-1-test-8-train-32-validation-8-width-32",
          "prepare-moving-mnist download --raw data/raw/moving-mnist --mirror /archives",
          "prepare-moving-mnist preprocess --variant coloured --fast-speed 300 --frames 20 --seed 1 --slow-speed 30 --test 4 --train 16 "
            + "--validation 4 --raw data/raw/moving-mnist --output "
            + "data/prepared/moving-mnist/coloured-fastSpeed-300-frames-20-seed-1-slowSpeed-30-test-4-train-16-validation-4",
        ])
      #expect(try workspace.make("data-celeba", "data-moving-mnist", "PRESET=smoke").calls == [])
    }
  }

  @Test("the paper's size needs the released pictures") func paper() throws {
    try MakeWorkspace.use { workspace in
      let calls = try workspace.make("data-celeba", "PRESET=paper").calls
      #expect(
        calls == [
          "prepare-celeba download --raw data/raw/celeba",
          "prepare-celeba preprocess --source released --height 2048 --limit 0 --width 128 --raw data/raw/celeba --output "
            + "data/prepared/celeba/released-height-2048-limit-0-width-128",
        ])
    }
  }

  @Test("data prepares every family, and goes on behind one that is missing") func everything() throws {
    try MakeWorkspace.use { workspace in
      let (result, calls) = try workspace.make("data", "PRESET=smoke")
      #expect(result.status == 0, "\(result.errors)")
      for tool in ["prepare-lra", "prepare-celeba", "prepare-moving-mnist"] {
        #expect(calls.contains { $0.hasPrefix("\(tool) preprocess") }, "\(tool)")
      }
      try workspace.touch("fail")
      try workspace.remove("data/prepared/celeba")
      let failed = try workspace.make("data", "PRESET=smoke")
      #expect(failed.result.status != 0)
      #expect(failed.result.errors.contains("data: not ready: celeba;"), "\(failed.result.errors)")
    }
  }

  @Test("verify and describe look at the whole folder") func inspect() throws {
    try MakeWorkspace.use { workspace in
      let verified = try workspace.make("data-verify").calls
      #expect(verified == ["inspect-data verify --data data"])
      let described = try workspace.make("data-describe", "DATA=other").calls
      #expect(described == ["inspect-data describe --data other --output results/data"])
    }
  }
}
