"""Kernels of the server: ownership, admission, culling, websockets."""
