"""The published description is true: nothing asked of it breaks the server or surprises."""

from collections import Counter

import httpx
import hypothesis
import pytest
import schemathesis
from asking import ServerClock
from hypothesis import HealthCheck, Phase, given
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from speaking import Posts

from advisor.sync.server.settings import ServerSettings

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
TRIES = 25  # for each route and kind of question, meant to be right or meant to be wrong
ROUTES = {
    "/v1/enrol",
    "/v1/exchange",
    "/v1/carried",
    "/v1/packs/current",
    "/v1/packs/{pack_id}",
    "/health",
    "/metrics",
}
# Nothing can be asked wrongly of the two routes that read nothing.
ASKED = [(route, schemathesis.GenerationMode.POSITIVE) for route in sorted(ROUTES)] + [
    (route, schemathesis.GenerationMode.NEGATIVE)
    for route in sorted(ROUTES - {"/health", "/metrics"})
]


@pytest.fixture
def settings(server_clock: ServerClock) -> ServerSettings:
    rates = dict.fromkeys(("device_rate", "refusal_rate", "enrol_rate"), "1000000/hour")
    return ServerSettings(**rates, now=server_clock.now)


def test_every_route_is_described_with_its_failures(web: httpx.Client) -> None:
    paths = web.get("/openapi.json").json()["paths"]
    assert set(paths) == ROUTES
    for path, verbs in paths.items():
        for verb in verbs.values():
            assert path in {"/health", "/metrics"} or {"429", "503"} <= set(verb["responses"])
            assert verb.get("description")


@pytest.mark.parametrize(("route", "meant"), ASKED)
def test_nothing_that_can_be_asked_breaks_it_or_surprises(
    posts: Posts, route: str, meant: schemathesis.GenerationMode
) -> None:
    post = posts.enrol("77")
    description = schemathesis.openapi.from_dict(post.web.get("/openapi.json").json())
    (operation,) = [one.ok() for one in description.get_all_operations() if one.ok().path == route]
    asked: Counter[int] = Counter()

    @hypothesis.settings(
        max_examples=TRIES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=meant))
    def ask(case: schemathesis.Case) -> None:
        if isinstance(case.body, dict) and isinstance(case.body.get("device"), str):
            case.body["device"] = post.device  # else it would only be told to lock
        answer = case.call_and_validate(
            base_url=str(post.web.base_url), headers=post.headers, checks=CHECKS
        )
        asked[answer.status_code] += 1

    ask()
    assert sum(asked.values()) > 0
