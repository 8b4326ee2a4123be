"""A real Apache httpd on the loopback, with a configuration of its own in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

MODULES = Path("/usr/lib/apache2/modules")
NEEDED = ("mpm_event", "authz_core", "alias", "dir", "headers", "mime", "rewrite")
# What GitHub Pages gives for these endings.
MEDIA_TYPES = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".trig": "application/trig",
    ".tsv": "text/tab-separated-values",
    ".rq": "application/sparql-query",
    ".html": "text/html",
    ".css": "text/css",
}


def program() -> str | None:
    """Find Apache; None where it is not installed."""
    found = shutil.which("apache2", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return found if MODULES.is_dir() else None


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    location: str
    media_type: str
    vary: str
    body: bytes


class Servers:
    """Hosts of the web, each played by a port of the loopback."""

    def __init__(self, ports: Mapping[str, int]) -> None:
        self._connections = {host: HTTPConnection("127.0.0.1", port, timeout=20) for host, port in ports.items()}

    def close(self) -> None:
        """Close the connections."""
        for connection in self._connections.values():
            connection.close()

    def ask(self, url: str, accept: str | None, method: str = "GET") -> Answer:
        """Ask the host of a URL for it, without following what it redirects to."""
        parts = urlsplit(url)
        connection = self._connections[parts.netloc]
        connection.putrequest(method, parts.path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", parts.netloc)
        if accept is not None:
            connection.putheader("Accept", accept)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        header = {name.lower(): value for name, value in response.getheaders()}
        media_type = header.get("content-type", "").partition(";")[0]
        return Answer(response.status, header.get("location", ""), media_type, header.get("vary", ""), body)


@contextmanager
def running(folder: Path, hosts: Mapping[str, Mapping[str, Path]]) -> Iterator[Servers]:
    """Run Apache until the block ends.

    Args:
        folder: for configuration, log and pid; it and what is hosted has to be readable by everyone.
        hosts: host -> path on it that ends in a slash -> folder. Each obeys its ``.htaccess``.
    """
    apache = program()
    assert apache, "apache2 is not installed"
    ports = {host: _free_port() for host in hosts}
    configuration = folder / "httpd.conf"
    configuration.write_text("\n".join(_configuration(folder, hosts, ports)), encoding="utf-8")
    process = subprocess.Popen(
        [apache, "-d", str(folder), "-f", str(configuration), "-D", "FOREGROUND"], stderr=subprocess.PIPE
    )
    try:
        _wait(process, folder, ports)
        servers = Servers(ports)
        yield servers
        servers.close()
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stderr:
            process.stderr.close()


def _configuration(folder: Path, hosts: Mapping[str, Mapping[str, Path]], ports: Mapping[str, int]) -> Iterator[str]:
    for name in NEEDED:
        yield f"LoadModule {name}_module {MODULES}/mod_{name}.so"
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        yield from (f"User #{nobody.pw_uid}", f"Group #{nobody.pw_gid}")
    yield from ("ServerName localhost", f"PidFile {folder}/httpd.pid", f"ErrorLog {folder}/error.log")
    yield from ("DefaultRuntimeDir " + str(folder), "TypesConfig /dev/null", "StartServers 1", "MaxKeepAliveRequests 0")
    yield from (f"AddType {media_type} {ending}" for ending, media_type in MEDIA_TYPES.items())
    (folder / "empty").mkdir()
    for host, paths in hosts.items():
        yield f"Listen 127.0.0.1:{ports[host]}"
        yield f"<VirtualHost 127.0.0.1:{ports[host]}>"
        yield f"  DocumentRoot {folder}/empty"
        for path, directory in paths.items():
            yield f'  Alias "{path}" "{directory}/"'
            yield f'  <Directory "{directory}/">'
            yield "    AllowOverride All\n    Require all granted"
            yield "  </Directory>"
        yield "</VirtualHost>"
    yield ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], folder: Path, ports: Mapping[str, int]) -> None:
    deadline = time.monotonic() + 20
    for port in ports.values():
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except ConnectionRefusedError:
                log = folder / "error.log"
                told = log.read_text(encoding="utf-8") if log.exists() else ""
                assert process.poll() is None, f"Apache ended: {told}"
                assert time.monotonic() < deadline, f"Apache does not listen: {told}"
                time.sleep(0.05)
