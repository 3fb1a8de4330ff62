import DatasetPreparation
import PreparationCommands

@main struct PrepareCIFAR10: PreparationTool {
  static let family = DataFamily.cifar10
}
