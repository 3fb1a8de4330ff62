import TestSupport
import Testing

/// Targets that prepare data without a run, with tools that only note their calls.
@Suite(.temporaryFolder) struct MakeDataTests {
  private let workspace: MakeWorkspace
  init() throws { workspace = try MakeWorkspace() }

  @Test("the tool reads a description of what the folder's name says") func options() throws {
    let calls = try workspace.calls("data-celeba", "data-moving-mnist", "PRESET=smoke", "MIRROR=/archives")
    #expect(
      calls.sorted() == [
        "prepare-celeba preprocess --recipe celeba/generated height=64 seed=1 test=8 train=32 validation=8 width=32 --output "
          + "data/prepared/celeba/generated-height-64-seed-1-test-8-train-32-validation-8-width-32",
        "prepare-moving-mnist download --raw data/raw/moving-mnist --mirror /archives",
        "prepare-moving-mnist preprocess --recipe moving-mnist/coloured fastSpeed=300 frames=20 seed=1 slowSpeed=30 test=4 train=16 "
          + "validation=4 --raw data/raw/moving-mnist --output "
          + "data/prepared/moving-mnist/coloured-fastSpeed-300-frames-20-seed-1-slowSpeed-30-test-4-train-16-validation-4",
        "prepare-moving-mnist preprocess --recipe moving-mnist/digits --raw data/raw/moving-mnist --output data/prepared/moving-mnist/digits",
      ])
    #expect(try workspace.make("data-celeba", "data-moving-mnist", "PRESET=smoke").calls == [])
  }

  @Test("the paper's size needs the released pictures") func paper() throws {
    #expect(
      try workspace.calls("data-celeba", "PRESET=paper") == [
        "prepare-celeba download --raw data/raw/celeba",
        "prepare-celeba preprocess --recipe celeba/released height=2048 limit=0 width=128 --raw data/raw/celeba --output "
          + "data/prepared/celeba/released-height-2048-limit-0-width-128",
      ])
  }

  @Test("every family has data of the paper's size") func families() throws {
    let calls = try workspace.calls("data", "PRESET=paper")
    for call in [
      "prepare-lra download --raw data/raw/lra", "prepare-lra download --task text --raw data/raw/imdb",
      "prepare-lra preprocess --recipe lra/listops-released --raw data/raw/lra --output data/prepared/lra/listops-released",
      "prepare-lra preprocess --recipe lra/text --raw data/raw/imdb --output data/prepared/lra/text",
      "prepare-lra preprocess --recipe lra/retrieval-released --raw data/raw/lra --output data/prepared/lra/retrieval-released",
      "prepare-lra preprocess --recipe lra/pathfinder-released resolution=128 --raw data/raw/lra --output "
        + "data/prepared/lra/pathfinder-released-resolution-128",
      "prepare-cifar10 preprocess --recipe cifar10/noise-padded --raw data/raw/cifar10 --output data/prepared/cifar10/noise-padded",
      "prepare-speech-commands preprocess --recipe speech-commands/8khz --raw data/raw/speech-commands --output data/prepared/speech-commands/8khz",
      "prepare-bidmc preprocess --recipe bidmc/spo2 --raw data/raw/bidmc --output data/prepared/bidmc/spo2",
    ] { #expect(calls.contains(call), "\(call) is not among \(calls)") }
  }

  @Test("a variant whose name begins like another one is not taken for it") func similarNames() throws {
    let folder = "data/prepared/lra/pathfinder-generated-centered-contourLength-9-count-50-distractors-2-resolution-64-seed-7"
    #expect(
      try workspace.calls(folder + "/card.json") == [
        "prepare-lra preprocess --recipe lra/pathfinder-generated-centered contourLength=9 count=50 distractors=2 resolution=64 seed=7 "
          + "--output " + folder
      ])
  }

  @Test("download-lra fetches what its tasks need") func downloads() throws {
    #expect(
      try workspace.calls("download-lra", "TASKS=retrieval text", "MIRROR=/archives") == [
        "prepare-lra download --task retrieval --raw data/raw/lra --mirror /archives",
        "prepare-lra download --task text --raw data/raw/imdb --mirror /archives",
      ])
    #expect(
      try workspace.calls("download-lra", "TASKS=pathx pathx256 pathfinder") == [
        "prepare-lra download --task pathfinder --raw data/raw/lra"
      ])
    #expect(
      try workspace.calls("download-lra").sorted() == [
        "prepare-cifar10 download --raw data/raw/cifar10", "prepare-lra download --task listops --raw data/raw/lra",
        "prepare-lra download --task pathfinder --raw data/raw/lra", "prepare-lra download --task retrieval --raw data/raw/lra",
        "prepare-lra download --task text --raw data/raw/imdb",
      ])
    for (goal, call) in [
      ("download-imdb", "prepare-lra download --task text --raw data/raw/imdb"),
      ("download-bidmc", "prepare-bidmc download --raw data/raw/bidmc"),
    ] {
      #expect(try workspace.calls(goal) == [call])
    }
  }

  @Test("data prepares every family, and goes on behind one that is missing") func everything() throws {
    let (result, calls) = try workspace.make("data", "PRESET=smoke")
    #expect(result.status == 0, "\(result.errors)")
    for tool in ["prepare-lra", "prepare-cifar10", "prepare-speech-commands", "prepare-celeba", "prepare-moving-mnist", "prepare-bidmc"] {
      #expect(calls.contains { $0.hasPrefix("\(tool) preprocess") }, "\(tool)")
    }
    try workspace.touch("fail")
    try workspace.remove("data/prepared/celeba")
    let failed = try workspace.make("data", "PRESET=smoke")
    #expect(failed.result.status != 0)
    #expect(failed.result.errors.contains("data: not complete: celeba;"), "\(failed.result.errors)")
  }

  @Test("verify and describe look at the whole folder") func inspect() throws {
    #expect(try workspace.calls("data-verify") == ["inspect-data verify --data data"])
    #expect(try workspace.calls("data-describe", "DATA=other") == ["inspect-data describe --data other --output results/data"])
  }
}
