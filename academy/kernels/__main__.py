"""`python -m academy.kernels <file descriptor>`: run a template process."""

from academy.kernels.template import main

main()
