"""Entry point of `python -m academy`: hands over to the command line of the application."""

from academy_app.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
