import DatasetPreparation
import PreparationCommands

@main struct PrepareCelebA: PreparationTool {
  static let family = DataFamily.celebA
}
