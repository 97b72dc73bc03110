"""What people call the holidays."""

from __future__ import annotations

from functools import cache
from typing import Final

from ontology.time.holidays import HOLIDAYS

_ALSO: Final = {
    "new year": "new years | new years day | new year day",
    "new years eve": "new year eve | nye | hogmanay | silvester | sylvester",
    "epiphany": "three kings day | three kings | twelfth night",
    "mlk day": "martin luther king day | martin luther kings day | martin luther king jr day "
    "| martin luther king jr . day | mlk | martin luther king birthday | civil rights day",
    "valentines day": "valentine day | valentines | st valentines day | vday",
    "presidents day": "president day | washingtons birthday",
    "super bowl": "superbowl | super bowl sunday | superbowl sunday",
    "environment day": "world environment day",
    "groundhog day": "groundhogs day",
    "womens day": "international womens day | intl womens day",
    "st patricks day": "st patrick day | st paddys day | paddys day | st pattys day | "
    "st patricks",
    "april fools": "april fools day | april fool day | april fool | all fools day",
    "earth day": "international earth day",
    "kings day": "koningsdag | dutch kings day",
    "administrative professionals day": "secretaries day | admin day | administrative "
    "professional day",
    "may day": "labour day | international workers day | workers day",
    "early may bank holiday": "may bank holiday",
    "mothers day": "mother day",
    "memorial day": "decoration day",
    "fathers day": "father day",
    "juneteenth": "juneteenth day",
    "st johns day": "midsummer day | midsummer",
    "independence day": "fourth of july | 4th of july | july fourth",
    "labor day": "labor days",
    "assumption": "assumption day | assumption of mary",
    "german unity day": "day of german unity",
    "columbus day": "indigenous peoples day",
    "canadian thanksgiving": "canadian thanksgiving day",
    "grandparents day": "grandparent day | national grandparents day",
    "bosss day": "boss day | bosses day | national bosss day",
    "halloween": "all hallows eve | halloween day | hallow eve",
    "all saints day": "all saints | all hallows day",
    "all souls day": "all souls | day of the dead",
    "vegan day": "world vegan day | international vegan day",
    "bonfire night": "guy fawkes night | guy fawkes day | guy fawkes",
    "remembrance day": "armistice day | poppy day",
    "veterans day": "veteran day",
    "thanksgiving": "thanksgiving day | turkey day | us thanksgiving",
    "advent sunday": "first sunday of advent | first advent",
    "st nicholas day": "st nicholas | st nick day",
    "christmas eve": "xmas eve | x-mas eve | christmas evening",
    "christmas": "christmas day | xmas | xmas day | x-mas | x mas | x-mas day",
    "boxing day": "st stephens day | second christmas day",
    "shrove monday": "rose monday | rosenmontag",
    "shrove tuesday": "mardi gras | pancake day | pancake tuesday | fat tuesday",
    "palm sunday": "branch sunday",
    "maundy thursday": "holy thursday | covenant thursday | great and holy thursday",
    "good friday": "great friday | holy friday",
    "holy saturday": "easter saturday | black saturday | easter eve",
    "easter": "easter sunday | easter day | resurrection sunday",
    "easter monday": "easter mon | bright monday",
    "ascension day": "ascension | ascension thursday | feast of the ascension",
    "pentecost": "whit sunday | whitsun | white sunday | whitsunday | pentecost sunday",
    "whit monday": "monday of the holy spirit | pentecost monday",
    "corpus christi": "feast of corpus christi | body of christ",
    "trinity sunday": "holy trinity",
    "clean monday": "orthodox shrove monday | green monday | ash monday | pure monday",
    "orthodox good friday": "orthodox great friday",
    "orthodox easter": "orthodox easter sunday | orthodox easter day | pascha | pascha sunday",
    "orthodox palm sunday": "orthodox branch sunday",
    "bastille day": "french national day",
    "pi day": "national pi day",
    "star wars day": "",
    "summer bank holiday": "august bank holiday | late summer bank holiday",
    "mothering sunday": "uk mothers day",
}


@cache
def names() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return, by first word, the names of holidays, the longest first, with their keys."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key in HOLIDAYS:
        for name in (key, *_ALSO.get(key, "").split(" | ")):
            words = tuple(name.split())
            if words:
                found.setdefault(words[0], []).append((words, key))
    for known in found.values():
        known.sort(key=lambda each: -len(each[0]))
    return found


def plain(word: str) -> str:
    """Return a word as it stands in the table: without apostrophes, "st" for "saint"."""
    return "st" if word == "saint" else word.replace("'", "")
