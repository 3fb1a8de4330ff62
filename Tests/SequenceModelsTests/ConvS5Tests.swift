import Operations
import ReferenceModels
import SequenceModels
import TestSupport
import Testing
import Vocabulary

/// The model of videos against its twin in Double, and its two ways over time against each other.
@Suite struct ConvS5Tests {
  @Test("predictions agree with the reference", arguments: ConvS5Case.all)
  func predictions(sizes: ConvS5Case) throws {
    let model = try sizes.model()
    let predictions = model.output(of: .frames(sizes.frames), lengths: nil)
    let expected = sizes.twin(of: model).forward(sizes.frames.doubles, batch: sizes.shape[0]).predictions
    #expect(predictions.shape == sizes.shape)
    #expect(maxRelative(predictions.doubles, expected) < 1e-5)
  }

  @Test("gradients agree with those of the reference, which are checked by differences", arguments: ConvS5Case.all)
  func gradients(sizes: ConvS5Case) throws {
    let model = try sizes.model()
    let expected = sizes.twin(of: model).forward(sizes.frames.doubles, batch: sizes.shape[0])
      .gradients(outputGradient: sizes.slopes.doubles)
    #expect(Set(model.parameters.map(\.name)) == Set(expected.keys))
    for (parameter, gradient) in zip(model.parameters, sizes.gradients(of: model)) {
      let difference = maxRelative(gradient.doubles, expected[parameter.name, default: []])
      #expect(difference < 3e-5, "\(parameter.name): \(difference)")
    }
  }

  @Test("a batch in parts has the gradients of the whole")
  func parts() throws {
    let (sizes, model) = (ConvS5Case.all[0], try ConvS5Case.all[0].model())
    let whole = sizes.gradients(of: model).map(\.doubles)
    model.passLimit = 1
    #expect(model.parts(of: .frames(sizes.frames), through: .whole)?.count == 2)
    for (part, whole) in zip(sizes.gradients(of: model), whole) { #expect(maxRelative(part.doubles, whole) < 1e-5) }
  }

  @Test("generated frames agree with the reference", arguments: ConvS5Case.all)
  func generation(sizes: ConvS5Case) throws {
    let model = try sizes.model()
    let made = model.generate(after: sizes.frames, count: 3)
    #expect(made.shape == [sizes.shape[0], 3] + sizes.shape[2...])
    let expected = sizes.twin(of: model).generate(after: sizes.frames.doubles, batch: sizes.shape[0], count: 3)
    #expect(maxRelative(made.doubles, expected) < 1e-5)
  }

  /// The first frame made after each part of a video is the prediction there; states are carried on in one, not in the other.
  @Test("step by step and all at once give the same predictions", arguments: ConvS5Case.all)
  func stepByStep(sizes: ConvS5Case) throws {
    let model = try sizes.model()
    let whole = model.output(of: .frames(sizes.frames), lengths: nil)
    for step in 0..<sizes.shape[1] {
      let made = model.generate(after: sizes.frames.steps(0..<step + 1), count: 1)
      #expect(maxRelative(made.doubles, whole.steps(step..<step + 1).doubles) < 1e-6)
    }
    // Fed with what it made itself, a model predicts what it makes.
    let made = model.generate(after: sizes.frames, count: 3)
    let steps = sizes.shape[1]
    let video = Tensor(uninitialized: [sizes.shape[0], steps + 2] + sizes.shape[2...])
    video.setSteps(from: 0, sizes.frames)
    video.setSteps(from: steps, made.steps(0..<2))
    let predictions = model.output(of: .frames(video), lengths: nil)
    #expect(maxRelative(made.doubles, predictions.steps(steps - 1..<steps + 2).doubles) < 1e-5)
  }

  @Test(
    "no frame is seen before its time: another one changes no earlier prediction by a bit, and its own and later ones",
    arguments: [0, 1, 2])
  func noLookAhead(changed: Int) throws {
    let (sizes, model) = (ConvS5Case.all[0], try ConvS5Case.all[0].model())
    let frames = sizes.frames.copy()
    frames.setSteps(from: changed, Tensor.random([2, 1] + sizes.shape[2...], lane: 9))
    let before = model.output(of: .frames(sizes.frames), lengths: nil)
    let after = model.output(of: .frames(frames), lengths: nil)
    for step in 0..<sizes.shape[1] {
      let isEqual = before.steps(step..<step + 1).values() == after.steps(step..<step + 1).values()
      #expect(isEqual == (step < changed), "step \(step)")
    }
  }

  @Test("a video alone has the bits that it has among others")
  func alone() throws {
    let (sizes, model) = (ConvS5Case.all[0], try ConvS5Case.all[0].model())
    let whole = model.output(of: .frames(sizes.frames), lengths: nil)
    let alone = model.output(of: .frames(sizes.frames.rows(1..<2)), lengths: nil)
    #expect(alone.values() == whole.rows(1..<2).values())
  }

  @Test("any number of threads gives the same bits")
  func threads() throws {
    let (sizes, model) = (ConvS5Case.all[0], try ConvS5Case.all[0].model())
    let before = Parallel.threadCount
    defer { Parallel.threadCount = before }
    let results = [1, 2, 5].map { count in
      Parallel.threadCount = count
      return (sizes.gradients(of: model) + [model.generate(after: sizes.frames, count: 2)]).flatMap { $0.values().map(\.bitPattern) }
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }
}
