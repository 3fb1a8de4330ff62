import DatasetPreparation
import PreparationCommands

@main struct PrepareMovingMNIST: PreparationTool {
  static let family = DataFamily.movingMNIST
}
