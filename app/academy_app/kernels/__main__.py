"""`python -m academy_app.kernels <file descriptor>`: run a template process."""

from academy_app.kernels.template import main

main()
