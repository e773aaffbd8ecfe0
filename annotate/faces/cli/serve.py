"""`annotate serve`"""

from __future__ import annotations

from pathlib import Path

import click

from annotate.config import load
from annotate.errors import SettingsError
from annotate.faces.cli.options import settings_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; beyond loopback needs a token.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535))
@click.option("--token", envvar="ANNOTATE_TOKEN", help="Whoever gives it may come in. [env: ANNOTATE_TOKEN]")
@click.option("--user-header", metavar="NAME", help="The header in which your reverse proxy names the user.")
@click.option("--allow-host", multiple=True, metavar="NAME", help="A name the server goes by; may be repeated.")
@click.option(
    "--database",
    envvar="ANNOTATE_DATABASE",
    default="",
    metavar="URL",
    help="sqlite:///PATH or postgresql://… [env: ANNOTATE_DATABASE; default: SQLite in your data folder]",
)
@click.option(
    "--retention-days", default=90, show_default=True, help="Delete drafts not changed for so long; 0: never."
)
@click.option("--workers", default=2, show_default=True, help="Processes that check.")
@click.option("--rate", default=1200, show_default=True, help="Requests a minute and visitor.")
@click.option("--max-bytes", default=5_000_000, show_default=True, help="A larger request is refused.")
@click.option("--time-limit", default=60.0, show_default=True, help="Seconds after which a check is stopped.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@settings_option
def serve(
    host: str,
    port: int,
    token: str | None,
    user_header: str | None,
    allow_host: tuple[str, ...],
    database: str,
    retention_days: int,
    workers: int,
    rate: int,
    max_bytes: int,
    time_limit: float,
    open_page: bool,
    settings_file: Path | None,
) -> None:
    """Open the editors' page, and the REST API beside it.

    Only this machine can reach it, unless --host says otherwise; then a token or a reverse proxy is required.
    """
    try:
        from annotate.faces.web.options import Options
        from annotate.faces.web.server import run
    except ModuleNotFoundError as error:
        raise SettingsError(f"the page needs more packages ({error.name}): pip install 'annotate[web]'") from None

    options = Options(
        settings=load(file=settings_file),
        host=host,
        port=port,
        token=token,
        user_header=user_header,
        hosts=allow_host,
        database=database,
        retention_days=retention_days,
        workers=workers,
        rate=rate,
        max_bytes=max_bytes,
        time_limit=time_limit,
    )
    run(options, open_page=open_page)
