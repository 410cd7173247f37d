"""`python -m academy` and the `academy` command."""

from academy.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
