"""Made-up names: those that a build may hold stay what they are."""

from wizard.standin.state.names import domain_label


def test_a_label_follows_from_its_place_and_another_from_what_is_taken() -> None:
    first = domain_label("Web App", "shop/production", set())
    assert first == domain_label("Web App", "shop/production", set())
    assert first.rpartition("-")[0] == "web-app"
    assert len(first.rpartition("-")[2]) == 4
    others = {domain_label("Web App", "shop/staging", set()), domain_label("Web App", "shop/production", {first})}
    assert len({first, *others}) == 3
