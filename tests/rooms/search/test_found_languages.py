"""Words are found in their forms by the stems of the call's language, and as they are said in any language."""

from __future__ import annotations

import asyncio

from tests.rooms.search.golden_store import Golden, golden  # noqa: F401 - a fixture
from tests.support.spoken_calls import finished_call
from voxport.core.statement import Selection
from voxport.search.limits import StatementLimits
from voxport.search.parsing import read_statement
from voxport.search.plain_words import read_plain_words
from voxport.storage.cipher import Cipher
from voxport.storage.store import Store

CALLS = {
    "de-DE": "Guten Tag, die Rechnungen der Verträge sind falsch.",
    "fr-FR": "Bonjour, je voudrais annuler mes commandes.",
    "es-ES": "Buenas tardes, no encuentro las facturas de mis pedidos.",
    "it-IT": "Vorrei disdire gli abbonamenti.",
    # Without a stemmer.
    "pl-PL": "Nie dostałem faktury za telefon.",
    "ja-JP": "料金 を 確認 したい です",
}
WORDS = (
    ("Rechnung", "de-DE"),
    ("Verträgen", "de-DE"),
    ("die", "de-DE"),  # a word that stemmers leave out
    ("commande", "fr-FR"),
    ("annulé", "fr-FR"),
    ("factura", "es-ES"),
    ("las pedido", "es-ES"),
    ("abbonamento", "it-IT"),
    ("faktury", "pl-PL"),
    ("faktura", None),
    ("料金", "ja-JP"),
    ("TELEFON", "pl-PL"),
    # The stems of one language are not those of another.
    ("facturing", None),
)
STATEMENTS = (
    ("commandes", "fr-FR"),
    ("commande", None),
    ("rechnung*", "de-DE"),
    ("料金 を", "ja-JP"),
    ("FAKTURY", "pl-PL"),
)


def test_words_are_found_by_the_language_of_their_call(golden: Golden) -> None:  # noqa: F811
    async def answers() -> list[list[str]]:
        store = await Store.open(golden.url, Cipher(bytes(range(32))), pool_size=1)
        try:
            organization = await store.organizations.create("Tongues")
            names = {}
            for language, said in CALLS.items():
                call = await finished_call(store, organization.id, ("Caller", said), language=language)
                names[call.id] = language
            search = store.tenant(organization.id).search
            read = [read_statement(f'SELECT * FROM media MATCH "{one}"', StatementLimits()) for one, _ in STATEMENTS]  # noqa: S608
            asked = [Selection(read_plain_words(one)) for one, _ in WORDS] + [
                one for one in read if isinstance(one, Selection)
            ]
            return [[names[call.media_id] for call in (await search.select(one)).calls] for one in asked]
        finally:
            await store.close()

    expected = [[] if language is None else [language] for _, language in (*WORDS, *STATEMENTS)]
    told = [
        f"{word}: {found}, not {right}"
        for (word, _), found, right in zip((*WORDS, *STATEMENTS), asyncio.run(answers()), expected, strict=True)
        if found != right
    ]
    assert told == []
