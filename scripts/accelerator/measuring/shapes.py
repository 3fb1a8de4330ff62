"""Each shape with TF32: losses, time, memory, and the same bits of two processes."""


def measure(session, shapes):
    for shape in shapes:
        for precision in session.precisions("tf32"):
            row = session.device_step(shape, precision)
            if row and not row["same_bits"]:
                again = session.run(f"{shape}, {precision}, again", session.device_command(shape, precision), session.place.environment)
                if again:
                    same = again["weights_sha256"] == row["weights_sha256"]
                    session.table.add(row | {"same_bits": "yes" if same else "no"})
                    session.say(f"{shape}, {precision}: " + ("the same bits twice" if same else "OTHER BITS the second time"))
