"""A training step in PyTorch, and the losses of the first ones."""


def stepping(optimizer, loss):
    """A function that makes one step and returns the loss before it, which loss() computes."""

    def step():
        optimizer.zero_grad(set_to_none=True)
        value = loss()
        value.backward()
        optimizer.step()
        return value.item()

    return step


def print_losses(step, count):
    print(" ".join(f"{step():.9g}" for _ in range(count)))
