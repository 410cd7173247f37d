"""Limits on memory as containers and services have them."""

import pytest

from academy_app.server.kernels import limits
from academy_app.server.kernels.cgroups import memory_left, memory_limit

MB = 2**20
V1_UNLIMITED = 9223372036854771712


@pytest.fixture
def machine(tmp_path):
    """Make a machine's files: which group a process is in, what is mounted, what the groups say."""

    def make(member, mounts, **files):
        process = tmp_path / "proc"
        process.mkdir(exist_ok=True)
        (process / "cgroup").write_text(member)
        (process / "mountinfo").write_text(
            "".join(
                f"36 25 0:31 {root} {tmp_path}{place} rw,nosuid - {kind} {kind} rw,{options}\n"
                for root, place, kind, options in mounts
            )
        )
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{text}\n")
        return process

    return make


V2 = [("/", "/cg", "cgroup2", "nsdelegate")]


def test_a_services_memory_max_is_seen(machine):
    process = machine(
        "0::/system.slice/academy.service\n",
        V2,
        **{
            "cg/system.slice/memory.max": "max",
            "cg/system.slice/academy.service/memory.max": 512 * MB,
            "cg/system.slice/academy.service/memory.current": 400 * MB,
            "cg/system.slice/academy.service/memory.stat": f"anon 1\ninactive_file {100 * MB}\nactive_file 5",
        },
    )
    assert memory_limit(process) == 512 * MB
    assert memory_left(process) == 212 * MB


def test_the_tightest_of_nested_groups_counts(machine):
    process = machine(
        "0::/a/b/c\n",
        V2,
        **{
            "cg/a/memory.max": 300 * MB,
            "cg/a/memory.current": 290 * MB,
            "cg/a/b/memory.max": 900 * MB,
            "cg/a/b/memory.high": 250 * MB,
            "cg/a/b/memory.current": 100 * MB,
            "cg/a/b/c/memory.max": "max",
        },
    )
    assert memory_limit(process) == 250 * MB
    assert memory_left(process) == 10 * MB


def test_a_container_of_version_2_sees_its_limit_at_the_root(machine):
    process = machine("0::/\n", V2, **{"cg/memory.max": 256 * MB, "cg/memory.current": 6 * MB})
    assert (memory_limit(process), memory_left(process)) == (256 * MB, 250 * MB)


@pytest.mark.parametrize("member", ["/docker/0123", "/"])
def test_a_container_of_version_1_sees_its_limit_where_it_is_mounted(machine, member):
    process = machine(
        f"12:cpu,cpuacct:/x\n5:memory:{member}\n1:name=systemd:/x\n",
        [("/x", "/cg/cpu", "cgroup", "cpu,cpuacct"), ("/docker/0123", "/cg/memory", "cgroup", "memory")],
        **{
            "cg/memory/memory.limit_in_bytes": 256 * MB,
            "cg/memory/memory.usage_in_bytes": 200 * MB,
            "cg/memory/memory.stat": f"inactive_file 1\ntotal_inactive_file {50 * MB}",
        },
    )
    assert (memory_limit(process), memory_left(process)) == (256 * MB, 106 * MB)


def test_a_service_of_version_1_is_limited_by_the_groups_above_it(machine):
    process = machine(
        "5:memory:/system.slice/academy.service\n0::/system.slice/academy.service\n",
        [("/", "/cg/memory", "cgroup", "memory"), ("/", "/cg/unified", "cgroup2", "x")],
        **{
            "cg/memory/memory.limit_in_bytes": V1_UNLIMITED,
            "cg/memory/system.slice/memory.limit_in_bytes": 800 * MB,
            "cg/memory/system.slice/academy.service/memory.limit_in_bytes": V1_UNLIMITED,
        },
    )
    assert memory_limit(process) == 800 * MB


@pytest.mark.parametrize("member", ["0::/\n", "", "5:memory:/a\n", "0::/../../a\n"])
def test_without_a_limit_there_is_none(machine, member):
    process = machine(member, V2, **{"cg/memory.max": "max", "cg/memory.current": 5})
    assert (memory_limit(process), memory_left(process)) == (None, None)


def test_where_there_are_no_groups_there_is_no_limit(tmp_path):
    assert (memory_limit(tmp_path), memory_left(tmp_path)) == (None, None)


def test_the_numbers_in_force_are_the_groups(monkeypatch):
    monkeypatch.setattr(limits, "memory_limit", lambda: 600 * MB)
    monkeypatch.setattr(limits, "memory_left", lambda: 77 * MB)
    assert limits.all_memory() == 600
    assert limits.free_memory() == 77
    assert limits.kernels_that_fit(forked=False) == max(limits.FEWEST_KERNELS, int(600 * 0.7) // 80)
    assert limits.Limits.of(4, 1, 10_000).reserve == 200
    monkeypatch.setattr(limits, "memory_limit", lambda: None)
    monkeypatch.setattr(limits, "memory_left", lambda: None)
    assert limits.all_memory() > 600
