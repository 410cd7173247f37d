"""ZeroMQ channels between a page's websocket and its kernel."""

# mypy: disable-error-code="no-untyped-call"
# Voilà and Jupyter have few types, and super() calls escape untyped_calls_exclude.

from __future__ import annotations

import asyncio

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from academy.private_names import is_tested

__all__ = ["PROTOCOL", "PageConnection"]

PROTOCOL = "v1.kernel.websocket.jupyter.org"
GREETING = b'"iopub_welcome"'
GREETING_SECONDS = 1.0


class PageConnection(ZMQChannelsWebsocketConnection):
    """Connects a page to a kernel that has run the page's cells already.

    Upstream asks the kernel for its protocol through a socket made for that, then wakes it through two more until it
    is heard. Our kernels speak the current protocol and have been heard; they greet whoever begins to listen, and
    that greeting is all there is to wait for.
    """

    _listens_anew = False

    @property
    def subprotocol(self) -> str:
        """The one that is spoken here.

        Upstream takes a socket that is closing for one that speaks the old protocol, and believes the number at the
        start of its next message: each such message could take a gigabyte.
        """
        return PROTOCOL

    def create_stream(self) -> None:
        """Make the channels; a new one that listens will be greeted."""
        super().create_stream()
        self._listens_anew = True

    def request_kernel_info(self) -> asyncio.Future[object]:
        """Nothing to ask."""
        if not is_tested("kernel-line"):
            asked: asyncio.Future[object] = super().request_kernel_info()
            return asked
        if not self._kernel_info_future.done():
            self._kernel_info_future.set_result({})
        return asyncio.wrap_future(self._kernel_info_future)

    def nudge(self) -> asyncio.Future[None]:
        """Wait for the kernel's greeting; if none comes (ipykernel before 7), do as upstream does."""
        if not is_tested("kernel-line"):
            return super().nudge()
        if not self._listens_anew:
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            done.set_result(None)
            return done
        return asyncio.ensure_future(self._greeted())

    async def _greeted(self) -> None:
        """Wait until the kernel has greeted. What it says before that, to all who listen, is passed on."""
        greeted, early = asyncio.Event(), []
        stream = self.channels["iopub"]

        def hear(frames: list[bytes]) -> None:
            if not any(GREETING in frame for frame in frames):
                early.append(frames)
                return
            stream.stop_on_recv()  # at once: what follows is for the page
            greeted.set()

        stream.on_recv(hear)
        try:
            await asyncio.wait_for(greeted.wait(), GREETING_SECONDS)
        except TimeoutError:
            if not early:
                await super().nudge()
        finally:
            if not stream.closed():
                stream.stop_on_recv()
        for frames in early:
            self.handle_outgoing_message(stream, frames)
