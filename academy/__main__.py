"""`python -m academy`: the command line, which lies in the package above."""

from academy_app.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
