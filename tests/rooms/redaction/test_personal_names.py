"""Names, postal addresses and dates of birth that nobody asked for outright, or in half a question, in dialogues."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import Call, call_of, detected, mistakes
from voxport.core.plan import DetectionLevel
from voxport.redaction.covers import Detections


def found(call: Call, *kinds: str) -> Detections:
    return detected(call, "PII", DetectionLevel.PROBABLE_NUMBERS, kinds)


CALLED = {
    "a given name wherever it stands": """
        A: Dock and <marina>, {Rosalind}, are you <afloat>? You're on with {Rosalind} {Achterberg}.
        C: Hey {Rosalind}, I talked to {Gurpreet} last week.
        C: My <neighbour> {Sinead} {Tully} has a <key>, or {Anthony's} <brother>.
        A: Okay. {Anita}, <tear> up that <bill>. {Tabitha} is <failing>. {Solomon-Griffiths}, and {patricia} too.
    """,
    "asked after, heard as other words": """
        A: And is it still {moss} and {Whitcombe}?
        C: It <is>.
        A: Am I speaking with {quill} {hen} {broth}?
        C: Is it <still> at the <Dairy>, or is this about a <Visa>?
    """,
    "through to whoever it was heard as": """
        A: Orchard <Bank>, you're through to {calling}.
        C: We need the <Premium> with a <guest>.
        A: Was that {Penrose} with a {P}?
    """,
    "behind a word of thanks, and spelled": """
        A: Sure, name,
        C: The {Minic} {Wid} {Haker}, {W-Like} {Whiskey}, {H-Like} {Happy}, {I-Like} {Ice}, {T-Like} {Tiger}.
        A: Thank you, name?
        C: {Whitcombe} {Dale}.
    """,
    "a short answer, heard as other words": """
        A: Name on the account?
        C: {Gareth} {fits} {your} {gold}.
        A: <Maiden> name?
        C: The {lantern} {kettle}, and my number <is> <old>.
        A: And what was your surname at birth?
        C: {Ottoline} {Pryce}.
        A: And your full name now?
        C: {Tara} {this} {avellane}, and I <am> <in> a <rush>.
        A: Name of the other driver?
        C: {Jolene}, {abernethy}.
        A: And your name and the last four?
        C: {There} {is} {a} {Hargrove} <and> it is 3599.
        A: Whose name is it in?
        C: <My> <sister's>, {Whitacre}. <She> is <fine> with it.
    """,
    "a given name that is another word, with a family name": """
        A: The <Fraud> <desk> for {Heather} {Ostrom}.
        C: It is in <Grace> <period>, on <Grant> <Street>. Is it a <Chase> <account>, or a <Rose>?
    """,
    "what is called by the name of somebody": """
        A: <Douglas> <Street>, by <Allen> <County> <Hospital>, in <San> <Antonio>?
        C: In <Austin>, <Virginia>, or <Charlotte>. I <will> go in <May>, in <April>.
        C: To <St> <John>. The <Kenneth> is <shut>.
        C: At <Sam's> <Club>, at <Wendy's>, at the <Gerald> <Medical> <Center>, by {Norbert} {Park}.
    """,
    "thanked by a name that nobody asked for": """
        A: Hilltop Dairy.
        C: I want to stop the <milk>.
        A: Okay, {Ingrid}, let me <see>. Thank you {Ingrid}. It is <stopped>.
    """,
    "asked for, in a greeting too": """
        A: Moorland Credit, is this {Cedric}?
        C: Yes.
        A: And you're {Cedric} {Abara}, right?
    """,
    "callers say who they are": """
        A: Tile <Warehouse>, {Monica}.
        C: Hi, {Monica}, it's {Oskar}, I was in <yesterday>.
        A: What was it?
        C: It's {Oskar} {Lindqvist} at {14} {Mill} {Terrace}. It's <Visa>, you know.
    """,
    "agents greet by a name": """
        A: You've reached the clinic, my name is {Harriet}. <How> can I help?
        C: I need a <date>.
    """,
    "agents greet in other words": """
        A: <Larkspur> <Credit>, {you} {knee} {tis} speaking, how can I <help>?
        C: Hello, {Unice}? I'm {Osgood}. Could you do it for me, {Unice}?
    """,
    "agents greet, heard without a capital": """
        A: <Larkspur> <Dental>, you're through to {marisa}. Is <it> <urgent>?
        C: It <is>.
    """,
    "agents greet, and where they are": """
        A: This is {Lamont} in <billing> at <Larkspur>, {Lamont} here.
        C: I have a <bill>.
        A: So you're {Ottilie} {Crane}, correct? Your {Ottilie} {Crane}, <then>.
    """,
    "behind a lost question, other words around": """
        A: Is this a new customer?
        C: Oh, number {Debbie} {Harkness} <out> in the <sticks>.
        A: Exhibitor?
        C: {Lucinda} {Vance} and the <prize> <goes> to her.
        A: Who do I think?
        C: {Ansel} {Holt}, but put it in <memory> of my sister.
    """,
    "with another detail, or of a thing": """
        A: Good, name and last four of the social.
        C: {Ansel} {Holt}, it's 9008.
        A: Is there a name inside?
        C: {Petra} {Holt}, there's a <card> too. Her name was {Petra} {Holt}.
        A: Last name?
        C: {H} {O} {L} {T}, first is {Robbie}.
        A: Whose name do I put?
        C: Fine, {mirror} turn, and <that> is all.
    """,
    "written in another way": """
        A: Who's calling?
        C: This is {Anette} {Ferrer}.
        A: Thanks. And {Annette}, is <it> for <today>? Mrs {Ferer} <too>?
    """,
    "a question of which the end was lost": """
        A: And name, and what do you need?
        C: {Tess} {Moran}, and I <need> <12> bags.
        A: Enter name and any wishes.
        C: {tess} {moran}.
    """,
    "of the card or the table": """
        A: What should the card say?
        C: Put {Lucas} {Brandt} on it.
        A: And who should it be addressed to?
        C: {Ottilie} {Brandt}.
        C: The table is under {Brandt}.
    """,
    "who is here": """
        A: Hello.
        C: Hello there, hi.
        A: Orchard Bank. Is that {Ludwig} with a W?
        C: {Petra} {Ludwig} here, and it's <raining>. It's <Hulu> that I <want>.
        A: Was it {Petra}?
    """,
    "denied": """
        A: Records.
        C: I am back.
        A: Is the name still {Vera} {Holt}?
        C: No, {Vera} {Stone}.
        A: What is the name of the medicine?
        C: <Aspirin>.
    """,
    "before an address": """
        A: Do we ship it home?
        C: Yes, {Sibyl} {Crane}, {52} {Harbor} {Loop}, {Salem}.
    """,
}


@pytest.mark.parametrize("text", CALLED.values(), ids=CALLED)
def test_a_name_by_which_somebody_is_called(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, found(call, "name", "address").covered) == []


STREETS = {
    "a street in lower case, or one that is a number": """
        A: The courier will come to which place?
        C: {61} {mg} {road}, {Chennai}.
        A: Your home's at?
        C: {1412th} {Street}, {Unit} {C}, {Baton} {Rouge}.
        A: Ship to.
        C: {8223} {Street}, {Macon}, <please>.
        C: It is on <17th> <Street>, a <2> <hour> <drive>, <5> of us on the <street>.
    """,
    "a number that was heard as money, a town as other words": """
        A: And mail them to {$7298} {Gullview} {Lane}, {number} {25}, {Macon}.
        C: Where are you, <love>?
        A: Where are you love?
        C: {45} {Alder} {Road} {stockpots}. I'm <at> {27} {old} {Fern} {Road}. {Fresnoyn} <if> you <deliver>.
        A: The <fee> is <$12> <for> <drive> in.
    """,
    "without a word for a street": """
        A: I show {1908} {North} {Sycamore}, {Fort} {Wayne}. Is that <current>?
        C: No, {510} {West} {44th} {Street}, on the corner of {Elm} and {Baxter}.
        C: It is a <2019> <Honda> <Civic>, <Honda> <blue>.
        A: Chipping to {$42}. {Bray} {Drive}.
        A: Still over on {Pemberton} {Avenue}? What state is that in?
        C: {Wyoming}.
    """,
    "a town in a sentence": """
        A: The service address?
        C: {6327} {Juniper} {Street}. That is in {El} {Paso}. <Delivery> <costs> <12>.
    """,
    "to a place or not": """
        A: And it's going to the chapel?
        C: No, to the house, {45-degree} in {Cardiff}.
    """,
    "a flat and a code, in sentences of their own": """
        A: Right.
        C: It is {27} {Falcon} {Crescent}. {Unit} {9}, {Boise}, {83702}. I <need> <3> bags.
    """,
    "a British one, said back": """
        A: So that is {8} {Weaver} {Close}, {Leeds}, {LS6} {2QT}, is it?
        C: It <is>.
    """,
    "corrected, misheard": """
        A: Is it still {40} {Birch} {Road}?
        C: No, we moved. It's {77} {rose} {more} {drive}. I <have> <2> keys.
    """,
    "told by who asks": """
        A: Is your address still {44-45-hill-away}, {Topeka}?
        C: <Yes>.
    """,
    "part by part": """
        A: What's the street?
        C: {Juniper}.
        A: City and state?
        C: {Fresno}, {California}.
        A: And what unit are you in?
        C: {Unit} {4B}.
    """,
    "another place": """
        A: Deliver to the same place?
        C: No, to {9} {Bramble} {Hill} please.
        A: Still on {Bramble} {Hill} {Road}?
        C: <Yes>.
        A: So, shipping to {9} {Bramble}, <correct>?
    """,
    "a town with a word behind": """
        A: Is it still {31} {Bay} {Drive}, {Macon}?
        C: No, that's my ex's. It's {12} {rose} {more} {lane}. {Toledo} now.
        A: It <costs> <12> dollars. Fine.
        A: Did you ever live anywhere besides {Macon}?
    """,
    "mailed, heard without a capital or with a hyphen": """
        A: Hello.
        C: Send the letter to {89} {marlow} {road} {harrow}.
        A: I'll mail a new one to dress still {93-13} {Old} {Pine} {Rose} {Fresno}, {California}.
    """,
    "a town of two words, a code in a sentence": """
        A: Where should your badge be mailed?
        C: {16} {Juniper} {Street}. {Fresno}. {459}. {46}.
        A: It went to {54} {Juniper} {Street}, {Albany}, {New} {York}. They <can> mail it to where?
        C: {64} {Harbourway}, {Fresno}.
    """,
    "where something goes": """
        A: And where's it going?
        C: {915} {Alder} {Bend}, {Macon}.
    """,
}


@pytest.mark.parametrize("text", STREETS.values(), ids=STREETS)
def test_a_postal_address_as_people_give_it(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, found(call, "address").covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: ¿A dónde va?\nC: {Avenida} {Juárez} {88}, {piso} {4}, {Toledo}.",
        "A: ¿Y quién lo recibe?\nC: {Noelia} {Vidal}.",
        "A: Bien.\nC: {calle} {del} {Olmo} {12}, {segundo} {Be}, {Cádiz}, y <son> <3> cajas.",
        "A: Lo siento mucho, es usted el titular\nC: Sí, {Rodrigo} {Peña}, <llamo> por la <luz>.",
        "A: Gracias, {Noelia}, <ya> <está>.\nA: Entonces, {Noelia}, son <3> cajas.",
        "A: ¿Primer apellido?\nC: {Cordero}.\nA: ¿Para quién es?\nC: Para {Lucía}.",
        "A: Nombre y fecha de nacimiento del paciente.\nC: {Oscar} {Rueda}, {14} {de} {marzo} {de} {1997}.",
        "A: ¿De qué nombre es la cita?\nC: De {benita}.",
        "A: Bien.\nC: Son <3> cajas, y pida por mi {Celia}.",
        "A: ¿Sigue viviendo en {Alcalá} {33}?\nC: No, ahora en {Goya} {7}.",
        "A: a nombre de quién la receta\nC: {Ramiro} {Soto} que nació el {6} {de} {enero} {de} {1956}.\nA: muy <bien>.",
    ],
)
def test_names_addresses_and_dates_in_spanish(text: str) -> None:
    call = call_of(f"A: Hola, buenas.\nC: Hola.\n{text}", "es-US")
    assert mistakes(call, found(call, "name", "address", "dateOfBirth").covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: Your date and place of birth?\nC: {3} {14} {68}, in Omaha.",
        "A: I have {June} {9th}, {1981} as the date of birth, <is> <that> <right>?",
        "A: Month and day?\nC: {August} {nine}.",
        "A: Data birth.\nC: {October} {23}, {1953}.",
        "A: And she was born.\nC: {May} {13}, {1966}. In the <kitchen>.",
        "A: And born on,\nC: {April} {26}, {2015}.",
        "C: And my birthday's {October} {8}, {1985}, <you> <know>.",
        "A: You were born in?\nC: {April} {of} {62}.",
        "A: Yours, name at birth, and the date.\nC: <Ottoline> <Pryce>, {May} {24}, {51}.",
        "A: Full name on the passport and the date?\nC: <Ottoline> <Pryce>, {24th} {of} {May}, {1951}.",
        "A: And his date of birth was {February} {17th} {of} {81}, <I> <see>.",
    ],
)
def test_a_date_of_birth_in_other_words(text: str) -> None:
    call = call_of(f"A: Hello.\n{text}")
    assert mistakes(call, found(call, "dateOfBirth").covered) == []


def test_what_follows_a_date_and_a_user_stays() -> None:
    call = call_of(
        """
        A: Hello, you've reached Dr {Novak's} office, this is Mr {Reed}. How can I help?
        C: I want a <visit>.
        A: Are you the account holder?
        C: I'm an <authorized> <user>.
        A: And your birthday?
        C: {November} {1st} of {71}. <My> <visit> <is> <at> <8659> Oak.
    """.replace(" of ", " {of} ")
    )
    assert mistakes(call, found(call, "name", "dateOfBirth").covered) == []
