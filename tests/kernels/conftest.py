"""Template processes to fork kernels from."""

import pytest

from academy_app.kernels.process import TemplateProcess
from academy_app.kernels.template import TemplateSettings
from tests.kernels.forked import ENVIRONMENT, Kernel
from tests.support.patience import SECONDS


@pytest.fixture(scope="session", params=["shell", "modules"])
def template(request):
    process = TemplateProcess(
        TemplateSettings(level=request.param, preload=("ipywidgets", "anywidget", "pandas"), heartbeat=False),
        ENVIRONMENT | {"OPENBLAS_NUM_THREADS": "1"},
    )
    yield process
    process.close()
    process.process.wait(SECONDS)


@pytest.fixture
def kernels(template):
    """Fork kernels: `kernels("amina")`."""
    opened = []

    def fork(person="", **settings):
        opened.append(Kernel(template, person, **settings))
        return opened[-1]

    yield fork
    for kernel in opened:
        kernel.close()
