import Catalogue
import RunPlanning
import Testing

@Suite struct MakeFragmentTests {
  private func lines() throws -> [String] {
    MakeFragment(try ExperimentCatalogue.load()).text.split(separator: "\n").map(String.init)
  }

  @Test("every experiment and preset has a rule for its configuration and one for its runs")
  func rules() throws {
    let lines = try lines()
    for experiment in try ExperimentCatalogue.load().all {
      let name = "\(experiment.id)/\(experiment.preset.rawValue)"
      #expect(lines.filter { $0.hasPrefix("results/resolved/\(name).json: ") }.count == 1)
      let rule = lines.filter { $0.hasPrefix("results/runs/\(name)/seed-%/summary.json: results/resolved/\(name).json ") }
      #expect(rule.count == 1)
      #expect(rule.first?.hasSuffix(" | $(BUILT)") == true, "executables come after the bar: a new build retrains nothing")
      #expect(rule.first?.contains("/card.json ") == (experiment.configuration.data.generatedTask == nil))
    }
  }

  @Test("samples that are made on the fly need no prepared data")
  func onTheFly() throws {
    let lines = try lines()
    let experiment = try #require(try ExperimentCatalogue.load().all.first { $0.configuration.data.generatedTask == .waves })
    let name = "\(experiment.id)/\(experiment.preset.rawValue)"
    #expect(lines.contains("results/runs/\(name)/seed-%/summary.json: results/resolved/\(name).json | $(BUILT)"))
    #expect(!lines.contains { $0.hasPrefix("DATA_generated") || $0.contains("prepared/generated") })
  }

  @Test("each prepared data set has one rule, though several runs need it")
  func preparedData() throws {
    let cards = try lines().filter { $0.hasPrefix("$(DATA)/prepared/") }.map { $0.split(separator: ":")[0] }
    #expect(Set(cards).count == cards.count)
    #expect(cards.contains("$(DATA)/prepared/cifar10/gray/card.json"))
  }

  @Test("recipes use the options of the tools")
  func recipes() throws {
    let lines = try lines()
    #expect(lines.contains("\t$(BIN)/prepare-cifar10 preprocess --variant gray --raw $(<D) --output $(@D)"))
    #expect(lines.contains("\t$(BIN)/prepare-cifar10 download --raw $(@D) $(mirror)"))
    for (raw, download) in [
      ("imdb", "prepare-lra download --task text"), ("lra", "prepare-lra download"),
      ("speech-commands", "prepare-speech-commands download"),
      ("bidmc", "prepare-bidmc download"),
    ] {
      let receipt = try #require(lines.firstIndex { $0.hasPrefix("$(DATA)/raw/\(raw)/receipt.json:") })
      #expect(lines[receipt + 1] == "\t$(BIN)/\(download) --raw $(@D) $(mirror)")
    }
    let generated = lines.filter { $0.contains("--task listops --source generated") && !$0.contains("$(folder_options)") }
    #expect(generated.count >= 2)
    for recipe in generated {
      for option in ["--train ", "--validation ", "--test ", "--minimum-length ", "--maximum-length ", "--seed ", "--output $(@D)"] {
        #expect(recipe.contains(option))
      }
      #expect(!recipe.contains("--raw"))
    }
  }

  @Test("data that no experiment names can be made too, by the name of its folder")
  func byName() throws {
    let lines = try lines()
    for recipe in DataRecipe.all {
      let folder = recipe.parameterNames.isEmpty ? recipe.variant : recipe.variant + "-%"
      let rules = lines.indices.filter { lines[$0].hasPrefix("$(DATA)/prepared/\(recipe.family)/\(folder)/card.json:") }
      let rule = try #require(rules.first, "\(folder)")
      #expect(rules.count == 1)
      #expect(lines[rule].contains("/receipt.json | ") == recipe.needsDownload)
      #expect(lines[rule + 1].hasPrefix("\t$(BIN)/\(recipe.tool) preprocess --"))
      #expect(lines[rule + 1].contains(" $(folder_options) ") == !recipe.parameterNames.isEmpty)
    }
  }
}
