import pytest

from ontology.errors import NotAnAddress
from ontology.people.addresses import normalised, scheme_of


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Ada@Example.ORG", "ada@example.org"),
        (" ada@example.org ", "ada@example.org"),
        ("mailto:ada@Example.ORG", "mailto:ada@example.org"),
        ("MAILTO: Ada.L+steward@Example.org", "mailto:Ada.L+steward@example.org"),
        ("mailto:o'hara@xn--bcher-kva.example", "mailto:o'hara@xn--bcher-kva.example"),
        ("tel:+34600111222", "tel:+34600111222"),
        ("tel:+34 600 11-12.22", "tel:+34600111222"),
        ("tel:+1 (415) 555-2671", "tel:+14155552671"),
        ("tel:0034 600 111 222", "tel:+34600111222"),
        ("tel:+34\u00a0600\u2011111222", "tel:+34600111222"),
        ("Tel:+49 30/123456", "tel:+4930123456"),
        ("whatsapp:+14155238886", "whatsapp:+14155238886"),
        ("telegram:4711", "telegram:4711"),
        ("telegram: 9007199254740993", "telegram:9007199254740993"),
    ],
)
def test_an_address_is_written_in_one_way(said, written):
    assert normalised(said) == written
    assert normalised(written) == written


@pytest.mark.parametrize(
    "said",
    [
        *("tel:", "tel:600111222", "tel:+0600111222", "tel:+34", "tel:+3460011122233445566"),
        *("tel:+34600111222;ext=5", "tel:+3460011122a", "tel:+٣٤٦٠٠١١١٢٢٢", "whatsapp:me"),
        *("mailto:", "mailto:ada", "mailto:ada@localhost", "mailto:@example.org"),
        *("mailto:a b@example.org", "mailto:.a@example.org", "mailto:a..b@example.org"),
        *("mailto:a.@example.org", "mailto:a@-x.org", "mailto:a@example..org"),
        *("mailto:a@example.org?subject=x", "mailto:a@b.org\nBcc: c@d.org", "mailto:<a@b.org>"),
        *("mailto:a@b.org,c@d.org", f"mailto:{'a' * 65}@example.org", "mailto:ä@example.org"),
        *("telegram:", "telegram:@ada", "telegram:-100200300", "telegram:0", "telegram:4711a"),
        *("telegram:" + "1" * 21, "telegram:４７１１", "mailto:a@" + "b." * 150 + "org"),
    ],
)
def test_what_is_no_address_is_told_with_what_one_looks_like(said):
    with pytest.raises(NotAnAddress, match="“.*” is no "):
        normalised(said)


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("ada@example.org", "xmpp"),
        ("sip:ada@example.org", "xmpp"),
        ("mailto@example.org", "xmpp"),
        ("mailto:ada@example.org", "mailto"),
        ("TEL:+34600111222", "tel"),
        ("whatsapp:+34600111222", "whatsapp"),
        ("telegram:4711", "telegram"),
    ],
)
def test_an_address_is_known_by_its_scheme(address, scheme):
    assert scheme_of(address) == scheme
