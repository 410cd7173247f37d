"""The bridge to nbgrader: source notebooks, an exchange on the course store, and safe pages for graders."""
