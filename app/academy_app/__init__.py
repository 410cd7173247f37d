"""The application: the server, the command line and the kernels, above the engine, the widgets and grading."""
