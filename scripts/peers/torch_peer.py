"""PyTorch peer: times training steps of the measured model, eager or compiled. One process for each measurement."""
import measurement
import model_parameters


def main():
    import sys

    compiled = "--compile" in sys.argv
    if compiled:
        sys.argv.remove("--compile")
    parsed = measurement.options(__doc__ + " --compile: torch.compile", model_parameters.LAYERS)

    import torch
    import torch.nn.functional as F
    import torch_model
    import torch_training

    torch.set_num_threads(parsed.threads)
    torch.manual_seed(1)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = parsed.precision == "tf32"
    if parsed.losses:
        values = model_parameters.read_safetensors(parsed.losses)
        x = torch.from_numpy(values.pop("input")).transpose(1, 2)
        labels = torch.from_numpy(values.pop("labels"))
        expected = values.pop("losses")
    else:
        sizes = measurement.sizes(parsed)
        values = model_parameters.initial(sizes, parsed.layer, parsed.bidirectional)
        x = torch.randn(sizes.batch, sizes.length, 1)
        labels = torch.randint(0, sizes.classes, (sizes.batch,))
    x, labels = x.to(parsed.device), labels.to(parsed.device)
    model = torch_model.Classifier(values, parsed.layer, parsed.bidirectional, parsed.complex, parsed.device)
    groups = [[p for name, p in model.named.items() if model_parameters.is_state_space(name) == own] for own in (False, True)]
    optimizer = torch.optim.AdamW([{"params": groups[0], "weight_decay": 0.01}, {"params": groups[1], "weight_decay": 0.0}], lr=1e-3)
    forward = torch.compile(model) if compiled else model

    step = torch_training.stepping(optimizer, lambda: F.cross_entropy(forward(x), labels))
    if parsed.losses:
        torch_training.print_losses(step, len(expected))
        return
    name = f"torch-{'compile' if compiled else 'eager'}{'-complex' if parsed.complex else ''}"
    measurement.measure(parsed, step, name, f"torch {torch.__version__}")


if __name__ == "__main__":
    main()
