"""Text that is only ever text."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from gateways.http.rendering import LONGEST_BODY, readable, visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\u2066a\u2069", "\\u2066a\\u2069"),
        ("\ud800", "\\ud800"),
        ("\x00\x1b[31m", "\\x00\\x1b[31m"),
        ("caf\u00e9 \u65e5\u672c", "caf\u00e9 \u65e5\u672c"),
        ("\U0001f469\u200d\U0001f680", "\U0001f469\u200d\U0001f680"),
        (7, "7"),
        (None, ""),
    ],
)
def test_what_hides_or_reorders_is_written_out(written, shown):
    assert visible(written) == shown


def test_markup_of_a_template_passes():
    assert visible(Markup("<b>")) == Markup("<b>")


def test_json_is_laid_out_and_other_text_is_left_alone():
    assert readable('{"b":1,"a":"é"}') == '{\n  "b": 1,\n  "a": "é"\n}'
    assert readable("remind me") == "remind me"
    assert readable(None) == ""


def test_a_long_body_is_cut_and_says_so():
    shown = readable("x" * (LONGEST_BODY + 5))
    assert shown.endswith("… 5 more characters")
