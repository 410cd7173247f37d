"""Limits on memory as containers and services have them."""

from functools import partial

import pytest

from academy_app.server.kernels import limits
from academy_app.server.kernels.cgroups import memory_left, memory_limit
from tests.support.cgroups import V2, process_in

MB = 2**20
V1_UNLIMITED = 9223372036854771712


@pytest.fixture
def machine(tmp_path):
    """Make a machine's files."""
    return partial(process_in, tmp_path)


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


def test_a_mount_that_is_no_line_of_one_is_passed_over(machine):
    process = machine("0::/\n", V2, **{"cg/memory.max": 256 * MB})
    mounts = (process / "mountinfo").read_text()
    (process / "mountinfo").write_text(f"what?\n36 25 0:31 / /x rw - cgroup2\n{mounts}")
    assert memory_limit(process) == 256 * MB


def test_what_a_system_says_of_its_memory_is_what_is_free(tmp_path):
    meminfo = tmp_path / "meminfo"
    assert limits.free_memory(tmp_path, meminfo) is None
    meminfo.write_text("MemTotal: 9000 kB\nMemFree: 1000 kB\n")
    assert limits.free_memory(tmp_path, meminfo) is None
    meminfo.write_text("MemTotal: 9000 kB\nMemAvailable:    5120 kB\nCached: 7 kB\n")
    assert limits.free_memory(tmp_path, meminfo) == 5


def test_where_there_are_no_groups_there_is_no_limit(tmp_path):
    assert (memory_limit(tmp_path), memory_left(tmp_path)) == (None, None)


def test_the_numbers_in_force_are_the_groups(machine, tmp_path):
    process = machine("0::/\n", V2, **{"cg/memory.max": 900 * MB, "cg/memory.current": 893 * MB})
    assert limits.all_memory(process) == 900
    assert limits.free_memory(process) == 7
    assert limits.kernels_that_fit(False, process) == max(limits.FEWEST_KERNELS, int(900 * 0.7) // 80)
    assert limits.Limits.of(4, 1, 10_000, process).reserve == 200
    without = tmp_path / "nothing"
    assert limits.all_memory(without) > 900
    assert limits.Limits.of(4, 1, 10_000, without).reserve >= 200
