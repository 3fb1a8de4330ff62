import Catalogue
import Foundation
import RunSupport
import SequenceModels
import TestSupport
import Testing
import Vocabulary

@Suite struct CatalogueTests {
  /// Every experiment at every preset. Tests walk over them: as arguments, a thousand of them cost more than what is tested.
  static let catalogue = Result { try ExperimentCatalogue.load() }

  @Test("every experiment resolves at every preset and survives its JSON", .temporaryFolder) func roundTrip() throws {
    for experiment in try Self.catalogue.get().all {
      let path = "\(folder)/resolved.json"
      try AtomicFile.write(try JSONText.encode(experiment.configuration), to: path)
      #expect(try ExperimentConfiguration(fromFile: path) == experiment.configuration, "\(experiment.id) \(experiment.preset)")
    }
  }

  @Test("every answered cell is printed in a paper, but for rows that are marked as extra") func answers() throws {
    let catalogue = try Self.catalogue.get()
    for experiment in catalogue.all {
      let probes = experiment.configuration.training.probes?.map(\.name) ?? []
      for answer in experiment.answers {
        #expect((catalogue.published[answer.cell] == nil) == answer.isExtra, "\(experiment.id): \(answer)")
        #expect(answer.probe.map(probes.contains) ?? true, "\(experiment.id): \(answer)")
      }
    }
  }

  @Test("what follows released files to the letter says so in its id, and nothing else does") func released() throws {
    for experiment in try Self.catalogue.get().all {
      #expect(experiment.isAsReleased == experiment.id.hasSuffix("-released"), "\(experiment.id)")
    }
  }

  @Test("generated pairs of documents prove the path only, and nothing else does") func path() throws {
    for experiment in try Self.catalogue.get().all {
      #expect(experiment.provesPathOnly == (experiment.configuration.data.variant == "retrieval-generated"), "\(experiment.id)")
    }
  }

  @Test("the catalogue holds the reported configurations")
  func reportedValues() throws {
    let catalogue = try ExperimentCatalogue.load()
    let image = try catalogue.resolve(id: "dfout-lra-image-s4d-lin", preset: .paper).configuration
    #expect(image.model.blocks?.modelWidth == 512 && image.model.blocks?.layerCount == 6)
    #expect(image.model.blocks?.layer.diagonal?.systemCount == 2)
    #expect(image.training.schedule.total == 180_000 && image.training.epochs == 200)
    #expect(image.data.preparedPath == "cifar10/gray")
    let listOps = try catalogue.resolve(id: "dfout-lra-listops-s4d-lin", preset: .paper).configuration
    #expect(listOps.model.blocks?.modelWidth == 128 && listOps.model.blocks?.layerCount == 8)
    #expect(listOps.model.blocks?.layer.diagonal?.stateSize == 64)
    #expect(listOps.data.variant == "listops-released" && listOps.training.batchSize == 50)
  }

  @Test("a preset replaces numbers and keeps the rest of a mapping")
  func presetOverrides() throws {
    let catalogue = try ExperimentCatalogue.load()
    let paper = try catalogue.resolve(id: "dfout-lra-image-s4d-lin", preset: .paper).configuration
    let reduced = try catalogue.resolve(id: "dfout-lra-image-s4d-lin", preset: .reduced).configuration
    let (small, large) = (try #require(reduced.model.blocks), try #require(paper.model.blocks))
    #expect(small.modelWidth < large.modelWidth)
    #expect(small.layer == large.layer)
    #expect(reduced.training.optimizer == paper.training.optimizer)
    #expect(reduced.training.schedule.kind == paper.training.schedule.kind)
  }

  @Test("smoke and reduced runs of generated tasks never need the released files")
  func generatedData() throws {
    for preset in [Preset.smoke, .reduced] {
      let experiment = try ExperimentCatalogue.load().resolve(id: "dfout-lra-listops-s4d-lin", preset: preset)
      #expect(experiment.preparedData != nil && experiment.preparedData?.raw == nil)
    }
  }

  @Test("a misspelt id suggests the nearest one")
  func unknownExperiment() throws {
    let catalogue = try ExperimentCatalogue.load()
    let error = #expect(throws: StageError.self) { _ = try catalogue.resolve(id: "dfout-lra-imge-s4d-lin", preset: .smoke) }
    #expect(error?.code == .badConfiguration)
    #expect(error?.what == "unknown experiment dfout-lra-imge-s4d-lin")
    #expect(error?.remedy == "did you mean dfout-lra-image-s4d-lin?")
    let unnamed = #expect(throws: StageError.self) { _ = try catalogue.resolve(id: "", preset: .smoke) }
    #expect(unnamed?.what == "no experiment is named")
  }

  @Test("a missing catalogue is a missing input")
  func missingCatalogue() {
    let error = #expect(throws: StageError.self) { _ = try ExperimentCatalogue.load(directory: "/nowhere/Catalogue") }
    #expect(error?.code == .missingInput)
  }
}

extension LayerSpecification {
  fileprivate var diagonal: DiagonalLayerSpecification? {
    guard case .diagonal(let configuration) = self else { return nil }
    return configuration
  }
}
