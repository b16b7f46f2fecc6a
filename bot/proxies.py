"""The proxy that the environment names for an address, as other programs read it: `HTTPS_PROXY`, `ALL_PROXY`, ..."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

from bot.errors import FatalError

_SPOKEN = ("http", "https")


def proxy_for(url: str) -> str | None:
    """The proxy for requests to this address; None: straight there.

    Raises a `FatalError` for a kind of proxy that is not spoken.
    `NO_PROXY` lists hosts that are reached without; each variable may be written in small letters.
    """
    parts = urlsplit(url)
    proxies = getproxies_environment()
    found = proxies.get(parts.scheme) or proxies.get("all")
    if not found or proxy_bypass(parts.hostname or ""):
        return None
    proxy = found if "://" in found else f"http://{found}"
    scheme = urlsplit(proxy).scheme
    if scheme not in _SPOKEN:
        raise FatalError(f"the environment names a proxy of the kind {scheme}; only http and https ones can be used")
    return proxy
