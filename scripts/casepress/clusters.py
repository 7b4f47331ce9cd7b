"""Clusters: the workers of other machines, which a running Dask scheduler hands out.

A province of fifty thousand cases has more pages than one machine lays out in an evening. `distributed` is an optional
extra, `casepress[cluster]`; its `Client.get_executor()` is an executor like that of this machine's cores.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from casepress import __version__
from casepress.facts.maker import maker
from casepress.values.problems import Failed


class NoCluster(Failed):
    """A scheduler cannot be used; the message is a Chinese sentence."""


@contextmanager
def executor_at(address: str, patience: float = 20) -> Iterator[Executor | None]:
    """The executor of the scheduler at an address such as `tcp://10.0.0.5:8786`; None without an address.

    `patience` is for how many seconds the scheduler and a worker are waited for. Raises NoCluster.
    """
    if not address:
        yield None
        return
    try:
        from distributed import Client
    except ImportError as reason:
        raise NoCluster("要用别的机器一起排版，请先安装附加的部分：pip install 'casepress[cluster]'") from reason
    try:
        client = Client(address, timeout=patience)
    except (OSError, ValueError, TimeoutError) as reason:
        raise NoCluster(f"连不上 {address} 的调度程序，请检查地址，再看 dask scheduler 是不是在运行") from reason
    with client:
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError as reason:
            raise NoCluster(f"{address} 上没有工作进程，请在各台机器上运行 dask worker {address} --nthreads 1") from reason
        _same_everywhere(client)
        yield client.get_executor(pure=False)


def _same_everywhere(client) -> None:
    """See that the workers have this very casepress: what others lay out would be kept as ours. Raises NoCluster."""
    others = {name: made for name, made in client.run(maker).items() if made != maker()}
    if others:
        raise NoCluster(f"{'、'.join(sorted(others))} 上装的 casepress 和这里的（{__version__}）不是同一份，请装成一样的再试")
