"""schemathesis: whatever the OpenAPI description allows or forbids, the answer is as described and never a 5xx."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.serving import serving

pytestmark = pytest.mark.filterwarnings("ignore")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with serving(tmp_path_factory.mktemp("schema"), "--workers", "1", "--rate", "1000000") as server:
        yield schemathesis.openapi.from_url(f"{server.address}/api/openapi.json")


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """No address but this machine's own is ever asked for, and that one the program refuses."""
    if isinstance(body, dict) and isinstance(body.get("url"), str):
        return {**body, "url": "http://127.0.0.1:1/" if body["url"].lower().startswith("http") else body["url"]}
    return body


def test_no_request_brings_it_down(described: Any) -> None:
    tried = set()
    for operation in (result.ok() for result in described.get_all_operations()):

        @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def probe(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        probe()
        tried.add(operation.label)
    assert "POST /api/check" in tried
    assert len(tried) == 6
