"""PyTorch peer of the video model: steps of training from a file that `benchmark video-model` wrote, eager or compiled."""
import argparse
import os

import measurement
import model_parameters


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, metavar="FILE")
    parser.add_argument("--shape", default="video", help="name of the shape, for the row")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--paced", action="store_true", help="one step for each line of standard input; prints its milliseconds")
    parser.add_argument("--losses", action="store_true", help="print the losses of the steps that the file has losses of, no times")
    parsed = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(parsed.threads)

    import torch
    import torch_training
    import torch_video

    torch.set_num_threads(parsed.threads)
    values = model_parameters.read_safetensors(parsed.model)
    frames, targets = torch.from_numpy(values.pop("input")), torch.from_numpy(values.pop("targets"))
    expected, groups = values.pop("losses"), int(values.pop("groups")[0])
    model = torch_video.VideoModel(values, groups)
    optimizer = torch.optim.AdamW(model.named.values(), lr=1e-3, weight_decay=0.01)
    forward = torch.compile(model) if parsed.compile else model

    step = torch_training.stepping(optimizer, lambda: torch_video.loss(forward(frames), targets))
    if parsed.losses:
        torch_training.print_losses(step, len(expected))
        return
    parsed.bidirectional, parsed.layer = False, "convs5"
    measurement.measure(parsed, step, f"torch-{'compile' if parsed.compile else 'eager'}", f"torch {torch.__version__}")


if __name__ == "__main__":
    main()
