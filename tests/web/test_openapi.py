"""The JSON API keeps what its OpenAPI description promises, whatever it is asked."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

CHECKS = (not_a_server_error, status_code_conformance, response_schema_conformance)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_operation_answers_as_described(site: str, mode: GenerationMode) -> None:
    """Valid and malformed requests get a described answer of the described shape, never a server error."""
    described = schemathesis.openapi.from_url(f"{site}/api/openapi.json")
    asked = set()
    for found in described.get_all_operations():
        operation = found.ok()

        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy(generation_mode=mode))
        def answers(case: Any) -> None:
            answer = case.call()
            case.validate_response(answer, checks=CHECKS)

        answers()
        asked.add(operation.path)
    assert len(asked) >= 8
