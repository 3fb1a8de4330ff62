"""The four-part message of every tool here."""
import sys


def fail(code, what, where, why, fix):
    print(f"error: {what}\n  where: {where}\n  why:   {why}\n  fix:   {fix}", file=sys.stderr, flush=True)
    raise SystemExit(code)
