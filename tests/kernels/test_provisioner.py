"""Through Jupyter's own manager: forked where it can be, stock where it can't, and the log says why."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from academy_app.kernels import PROVISIONER
from academy_app.kernels.process import ForkedProcess, NotForkedError
from academy_app.kernels.provisioner import SWITCH, ForkedProvisioner
from academy_app.server.kernels.environment import PROGRAM
from tests.kernels.forked import ENVIRONMENT
from tests.support.patience import SECONDS


class OneSpec(KernelSpecManager):
    def __init__(self, seconds):
        super().__init__()
        self.seconds = seconds

    def get_kernel_spec(self, kernel_name):
        return KernelSpec(
            argv=[sys.executable, "-P", str(PROGRAM), "-f", "{connection_file}"],
            language="python",
            metadata={
                "kernel_provisioner": {
                    "provisioner_name": PROVISIONER,
                    "config": {"heartbeat": False, "seconds": self.seconds},
                }
            },
        )


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv(SWITCH, raising=False)


def in_a_kernel(tmp_path, work, seconds=15.0, **settings):
    """Start a kernel as a server does, and do something with its manager and client."""

    async def run():
        file = str(tmp_path / "kernel.json")
        manager = AsyncKernelManager(kernel_spec_manager=OneSpec(seconds), connection_file=file, **settings)
        await manager.start_kernel(env={**ENVIRONMENT, "ACADEMY_PERSON": "amina"}, cwd=str(tmp_path))
        client = manager.client()
        client.start_channels(hb=False)
        try:
            await client.wait_for_ready(timeout=SECONDS)
            return await work(manager, client)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)
            manager.context.term()

    return asyncio.run(run())


async def who(client):
    reply = await client.execute_interactive(
        "", user_expressions={"who": "__import__('os').environ['ACADEMY_PERSON']"}, timeout=SECONDS
    )
    return reply["content"]["user_expressions"]["who"]["data"]["text/plain"]


async def kind(manager, client):
    assert await who(client) == "'amina'"
    return type(manager.provisioner.process)


def test_the_provisioner_is_known_to_jupyter():
    assert PROVISIONER in KernelProvisionerFactory().get_provisioner_entries()


@pytest.mark.parametrize("cmd", [["/usr/bin/other", "-f", "x"], [sys.executable, "x"]])
def test_what_is_no_kernel_of_this_python_is_not_forked(cmd):
    provisioner = ForkedProvisioner(kernel_id="", kernel_spec=KernelSpec())
    with pytest.raises(NotForkedError, match="it is not a kernel of this Python"):
        asyncio.run(provisioner._forked(cmd, {"env": {}}))


def test_a_kernel_is_forked(tmp_path):
    assert in_a_kernel(tmp_path, kind) is ForkedProcess


def test_a_kernel_that_would_have_ports_gets_sockets_with_a_path(tmp_path):
    async def transport(manager, client):
        return manager.transport, [path.name for path in tmp_path.glob("kernel-ipc-*")]

    kind_, sockets = in_a_kernel(tmp_path, transport)
    assert kind_ == "ipc"
    assert len(sockets) >= 4
    assert not list(tmp_path.glob("kernel*"))


def test_a_forked_kernel_can_be_started_again(tmp_path):
    async def again(manager, client):
        before = manager.provisioner.pid
        await manager.restart_kernel(now=True)
        await client.wait_for_ready(timeout=SECONDS)
        return before, manager.provisioner.pid, await kind(manager, client)

    before, after, process = in_a_kernel(tmp_path, again)
    assert before != after
    assert process is ForkedProcess


def test_the_manager_learns_that_a_kernel_died(tmp_path):
    async def die(manager, client):
        assert await manager.is_alive()
        os.kill(manager.provisioner.pid, 9)
        await manager.provisioner.wait()
        return await manager.is_alive()

    assert in_a_kernel(tmp_path, die) is False


def test_forking_can_be_turned_off(tmp_path, monkeypatch):
    monkeypatch.setenv(SWITCH, "stock")
    assert in_a_kernel(tmp_path, kind).__name__ == "Popen"


def test_a_stock_kernel_starts_where_there_is_no_linux(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert in_a_kernel(tmp_path, kind).__name__ == "Popen"
    assert "This kernel is not forked: only Linux" in caplog.text


def test_a_stock_kernel_starts_when_a_fork_fails(tmp_path, caplog):
    assert in_a_kernel(tmp_path, kind, seconds=0).__name__ == "Popen"
    assert "This kernel is not forked: the new kernel took too long." in caplog.text


def test_no_kernel_writes_down_what_it_runs(tmp_path, monkeypatch):
    async def history(manager, client):
        asked = {"on": "get_ipython().history_manager.enabled"}
        reply = await client.execute_interactive("1", user_expressions=asked, timeout=SECONDS)
        return reply["content"]["user_expressions"]["on"]["data"]["text/plain"]

    monkeypatch.setitem(ENVIRONMENT, "IPYTHONDIR", str(tmp_path / "ipython"))
    assert in_a_kernel(tmp_path, history) == "False"
    monkeypatch.setenv(SWITCH, "stock")
    assert in_a_kernel(tmp_path, history) == "False"
    assert (tmp_path / "ipython").is_dir()
    assert not list(tmp_path.rglob("history*"))


def test_the_connection_file_is_private(tmp_path):
    async def mode(manager, client):
        return Path(manager.connection_file).stat().st_mode & 0o777

    assert in_a_kernel(tmp_path, mode) == 0o600
