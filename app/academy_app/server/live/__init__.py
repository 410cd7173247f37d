"""The live room on the application's own handlers: a page without a kernel, one small delta for everybody.

Answers that come together are committed together (`queue`), the change is worked out once for the whole room (`hub`),
and each connection is sent the same bytes (`stream`).
"""
