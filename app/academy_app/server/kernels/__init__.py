"""The server's kernels: whose each is, who may have one, and the line from a page to it."""
