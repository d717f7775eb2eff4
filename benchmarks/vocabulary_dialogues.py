"""Names and sentences of the calls that vocabularies are measured with; the two halves share none of either.

Each name is written as its owner writes it and pronounced as people say it: the phonemes are written by hand, so that
nothing that guesses from spelling (the synthesiser's reader, the recogniser's) can make a name easy.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """A planted term; `phonemes` of each of its words, in the synthesiser's alphabet (misaki, American English)."""

    term: str
    kind: str
    phonemes: tuple[str, ...]
    sounds_like: tuple[str, ...] = ()


NAMES: dict[str, tuple[Name, ...]] = {
    "development": (
        Name("Xeljanz", "drug", ("zˈɛlʤænz",), ("zel jans", "zell johns")),
        Name("Farxiga", "drug", ("fɑɹsˈiɡə",), ("far seega", "farcega")),
        Name("Tremfya", "drug", ("tɹˈɛmfiə",), ("trem fia",)),
        Name("Vyndaqel", "drug", ("vˈɪndəkˌɛl",), ("vin da kel",)),
        Name("Zscaler", "product", ("zˈiskˌAləɹ",), ("zee scaler",)),
        Name("Lumivex", "product", ("lˈumɪvˌɛks",), ("loomy vex",)),
        Name("Quantrell Freight", "company", ("kwˈɑntɹəl", "fɹˈAt")),
        Name("Corvanta", "company", ("kɔɹvˈæntə",), ("core vanta",)),
        Name("Wojciechowski", "person", ("vˌYʧəkˈWski",), ("voy chu cow ski", "voychehovski")),
        Name("Ifeoma Okafor", "person", ("ˌɪfiˈOmə", "ˈOkəfˌɔɹ")),
    ),
    "heldout": (
        Name("Rinvoq", "drug", ("ɹˈɪnvɑk",), ("rin vock",)),
        Name("Otezla", "drug", ("Otˈɛzlə",), ("oh tez la",)),
        Name("Cosentyx", "drug", ("kOsˈɛntɪks",), ("co sen tics",)),
        Name("Klaviyo", "product", ("klˈAviO",), ("clay vio", "clayvio")),
        Name("Workato", "product", ("wɜɹkˈATO",), ("work auto", "work ato")),
        Name("Brellium", "product", ("bɹˈɛliəm",), ("brelly um",)),
        Name("Ostrander Lumber", "company", ("ˈOstɹændəɹ", "lˈʌmbəɹ")),
        Name("Vantix", "company", ("vˈæntɪks",), ("van ticks",)),
        Name("Kowalczyk", "person", ("kəvˈɑlʧɪk",), ("co val chick",)),
        Name("Chidinma Nwosu", "person", ("ʧɪdˈinmə", "nwˈOsu")),
    ),
}
"""Names that base does not know; the companies and two of the products are nobody's, as far as we know."""

SENTENCES: dict[str, dict[str, tuple[str, ...]]] = {
    "development": {
        "drug": (
            "C I would like to refill my {name} before the weekend.",
            "C My doctor switched me to {name} about three weeks ago.",
            "A Is {name} the only medicine that you are taking at the moment?",
            "C The pharmacy told me that {name} needs an approval from you.",
            "A I can see that {name} was approved until the end of next year.",
            "C So how much would I have to pay for {name} without the discount?",
        ),
        "product": (
            "C Since the update this morning {name} does not open any more.",
            "A Have you tried to install {name} again on the other computer?",
            "C We have been using {name} for all of our offices since last summer.",
            "A The license for {name} runs out at the end of this month.",
        ),
        "company": (
            "C I am calling from {name} about an invoice that we received.",
            "A Thank you for waiting, and is {name} still at the same address?",
            "C The truck from {name} was supposed to be here before noon.",
            "A I have left a message with the people at {name} this morning.",
        ),
        "person": (
            "C Could you please tell {name} that I called about the contract?",
            "A I am afraid {name} is out of the office until tomorrow.",
            "C My last appointment was with {name} in the second week of May.",
            "A Let me put you through to {name}, one moment please.",
        ),
        "ordinary": (
            "A Thank you for calling, how can I help you today?",
            "C Hello, I have a question about the bill that came in the mail.",
            "A Of course, let me have a look at your account.",
            "C I moved to a new house in March, so the address may be wrong.",
            "A That is no problem, I can change it for you right now.",
            "C Great, and can you also tell me when the next payment is due?",
            "A It is due on the first of the month, as always.",
            "C All right, that certain line on the second page is what worries me.",
            "A I understand, that is only the tax for the last quarter.",
            "C Would it be possible to get a copy of everything by email?",
            "A Sure, I will send it to the address that we have on file.",
            "C My wife asked me to find out whether we can get a better price.",
            "A There is a lower rate for customers who pay once a year.",
            "C We really need a lift to the airport on that day as well.",
            "A Is there anything else that I can do for you?",
            "C No, that was everything, thank you very much for your help.",
        ),
    },
    "heldout": {
        "drug": (
            "C They gave me {name} when I left the hospital on Friday.",
            "A When did you take your last dose of {name}, do you remember?",
            "C I have a bad headache each time that I take {name} at night.",
            "A The insurance covers {name} only if you have tried something else first.",
            "C Is there a cheaper version of {name}, or something like it?",
            "A I will ask the nurse to call you back about {name} today.",
        ),
        "product": (
            "C The screen goes black whenever I start {name} on my laptop.",
            "A A new version of {name} came out yesterday, and it should fix that.",
            "C Can two people be signed in to {name} at the same time?",
            "A We will move all of your files over to {name} on Sunday.",
        ),
        "company": (
            "C I used to work for {name} until they closed the branch.",
            "A The shipment was handed over to {name} on Tuesday evening.",
            "C Why did I get a second letter from {name} about the loan?",
            "A According to my notes {name} has already paid for the repair.",
        ),
        "person": (
            "A You are speaking with {name}, what can I do for you?",
            "C I was told to ask for {name} when I call again.",
            "A The meeting with {name} has been moved to Thursday afternoon.",
            "C Nobody but {name} has the key to that room.",
        ),
        "ordinary": (
            "A Good morning, this is the service desk, who am I speaking with?",
            "C Good morning, I called last week, but nobody called me back.",
            "A I am sorry to hear that, let me see what happened.",
            "C It is about the washing machine, it makes a terrible noise.",
            "A How long has it been doing that, would you say?",
            "C Since about ten days, and it is getting louder all the time.",
            "A I can send somebody on Wednesday between nine and eleven.",
            "C I have to work on that day, can he come later?",
            "A In the evening I only have something on the following Monday.",
            "C Fine, then let us take that, my neighbor can open the door.",
            "A Please make sure that the water is turned off before he comes.",
            "C Do I have to pay for it, or is it still under warranty?",
            "A You bought it less than two years ago, so there is no charge.",
            "C That is good news, I was worried about the cost of the order.",
            "A You will get a text message one hour before he arrives.",
            "C Wonderful, have a nice day, and thanks a lot.",
        ),
    },
}

OTHER_NAMES = (
    *("Skyrizi", "Entresto", "Rexulti", "Jynarque", "Datavant", "Nexavault", "Tiedemann Halvorsen", "Zelvora"),
    *("Szymanski", "Oluwaseun Adeyemi"),
)
"""Names of the same kinds that nobody says in any of these calls."""

_SYLLABLES = re.compile("[A-Z][a-z]*")
_BEGINNINGS = _SYLLABLES.findall("BraCorDalElFenGraHalJorKasLumMarNorOdaPraQuoRasSelTreUlVenWilXaYorZan")
_MIDDLES = _SYLLABLES.findall("ABeCiDoFaGaLiMaNeORiSaTaVi")
_ENDINGS = _SYLLABLES.findall("NixTraMontGenePaxDeneLorVanceTexBachSonSkaManVexDiaRo")

SOUND_ALIKES = (
    *("Lyft", "Sertraline", "Flikr", "Wix", "Deliveroo", "Fiverr", "Tumblr", "Akount", "Paymint", "Ordrr"),
    *("Bihl", "Kohl", "Hauss", "Wieck", "Mahle", "Dokter", "Nyce", "Priceline", "Kvaerner", "Tyme"),
    *("Reydt", "Krystal", "Bayer", "Moerning", "Hellmann", "Haupt", "Phonak", "Addis", "Notz", "Weyer"),
)
"""Brands and surnames that sound like what is said on any call: lift, certain line, weeks, account, order, time ..."""


def invented(count: int) -> list[str]:
    """Made-up names, to fill a vocabulary up to its limit; the same ones every time."""
    every = sorted((one + two + three).capitalize() for one in _BEGINNINGS for two in _MIDDLES for three in _ENDINGS)
    return random.Random(count).sample(every, count)  # noqa: S311 - nothing secret
