"""A vocabulary to try the protocols with."""

from __future__ import annotations

from typing import Literal

from ontology.acl import Action, Content, Question, Reason
from ontology.vocabulary import Vocabulary


class Baked(Content):
    act: Literal["baked"] = "baked"
    loaves: int


class Bake(Action[Baked]):
    act: Literal["bake"] = "bake"
    loaves: int = 1


class Temperature(Content):
    act: Literal["temperature"] = "temperature"
    degrees: int


class HowHot(Question[Temperature]):
    act: Literal["how-hot"] = "how-hot"


class WhoBakes(Content):
    act: Literal["who-bakes"] = "who-bakes"


class Price(Content):
    act: Literal["price"] = "price"
    coins: int


class NoFlour(Reason):
    act: Literal["no-flour"] = "no-flour"


class Burnt(Reason):
    act: Literal["burnt"] = "burnt"


KITCHEN = Vocabulary(
    "kitchen", Bake, Baked, HowHot, Temperature, WhoBakes, Price, NoFlour, Burnt
)
