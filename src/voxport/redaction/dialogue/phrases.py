"""What a call is about when digits are said: the phrases that announce a card, a security code, a phone number.

Matched on plain text: lower case, no accents, hyphens as spaces, a sentence mark as ` . `, commas left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """What the digits after a phrase are."""

    CARD = "card"
    CARD_NAMED = "card named"
    """A card or paying is spoken of, but not the number of a card."""
    PART = "part"
    """A part of some number: "the last four", "ending in"."""
    EXPIRY = "expiry"
    EXPIRY_NAMED = "expiry named"
    """Something expires, of which only a call about a card says that it is one."""
    CODE = "code"
    CODE_NAMED = "code named"
    SOCIAL = "social"
    ORDINARY = "ordinary"
    """Something that is no secret: a phone number, a zip code, an order."""
    SHORT = "short"
    """A date of birth or an address: ordinary, and of no more than eight digits."""
    AMOUNT = "amount"
    """A sum of money or a measure: said of short numbers only."""
    READY = "ready"
    """The other side may dictate now; of what, was said before or not understood."""
    ORDINARY_NAMED = "ordinary named"
    """Named in passing, as "order" or "call"; an announced card outweighs it."""


_ENGLISH: tuple[tuple[Topic, str], ...] = (
    (
        Topic.SOCIAL,
        r"social securit\w*(?: numbers?| digits)?|(?:maturity|curity|purity|so curity) numbers?"
        r"|social (?:insurance )?numbers?|s s n|ssn|s\.s\.n|soc sec|socials"
        r"|social(?! (?:media|work|club|network|event|distanc|service|life|studies|care|group|page|profile|account))"
        r"|tax(?:payer)? (?:id|i d|identification)(?: number)?|i ?t ?i ?n\b",
    ),
    (
        Topic.ORDINARY,
        r"(?:order|confirmation|conformation|reference|tracking|ticket|case|invoice|booking|reservation|claim|policy"
        r"|member|membership|customer|client|serial|model|part|item|sku|account|count|routing|loyalty|rewards?|employee"
        r"|student|badge|license|plate|passport|flight|room|meter|receipt|transaction|authorization|approval|patient"
        r"|record|prescription|file|batch|lot|product|catalog|catalogue|purchase order|po|gift card|gift certificate"
        r"|coupon|promo|promotion|promotional|voucher|discount|store|contract|agent|operator|shipment|package|parcel"
        r"|work order|request|incident|service|group|plan|insurance|insurance card|access|pin|locator|quote|vin|imei"
        r"|sim|sim card|device|station|gate|seat|box|extension|agreement|repair|return|rma)"
        r"(?: i d)? (?:number|numbers|code|id|i d|no)",
    ),
    (Topic.ORDINARY, r"(?:tracking|confirmation|booking reference|extension|invoice|ticket|reference) (?:is|was|\.)"),
    (Topic.ORDINARY, r"(?:zip|sip|postal|post|area|country|dialing) ?codes?|zip|postcode"),
    (
        Topic.ORDINARY,
        r"(?:tele)?phone(?: number)?|cell(?: ?phone)?(?: number)?|mobile(?: number)?|fax(?: number)?|landline"
        r"|call ?back (?:number|at|on)|contact number|(?:best|good) number|number (?:are|were) you calling"
        r"|calling (?:from|on)|(?:call|reach|ring"
        r"|text) (?:me|you|us|him|her)"
        r"(?: back)?(?: at| on)?|toll free|hotline",
    ),
    (Topic.SHORT, r"date of birth|data (?:of )?birth|birth\w*|birth ?day|birth ?date|d o b|dob|born"),
    (
        Topic.SHORT,
        r"(?:street|billing|mailing|shipping|home|email|e mail|delivery) address|address|apartment|p o box",
    ),
    (
        Topic.AMOUNT,
        r"(?:your|the|new|grand|sub) ?total|amount|balance|price|subtotal|comes to|comes out to|that ?(?:'ll|will) be"
        r"|it costs?|refund(?:ing)?|temperature|mileage|odometer|square feet|weight|height|age",
    ),
    (
        Topic.READY,
        r"when ?ever (?:you are|you're|your|you) ready|go ahead|ready when you are|i'm ready|i am ready"
        r"|read (?:that|it) back",
    ),
    (
        Topic.ORDINARY_NAMED,
        r"orders?|tracking|confirmation|invoice|ticket|extension|flight|appointment|reference|quote",
    ),
    (
        Topic.CARD,
        r"(?:card|car|cart|guard|cord|credit|debit|visa)(?:'s)? (?:card )?numbers?|(?:number|numbers"
        r"|digits) (?:on|of|for|from|off) (?:the |your |my |that |this |it )?"
        r"(?:\w+ )?(?:card|visa|mastercard|amex)",
    ),
    (
        Topic.CARD,
        r"(?:sixteen|16|fifteen|15|nineteen|19) digits?(?: numbers?)?|long (?:card )?number|full (?:card )?number"
        r"|primary account number|number on the front",
    ),
    (
        Topic.CARD_NAMED,
        r"(?:credit|debit|charge|bank|prepaid|payment|corporate|company|business|new|same|other"
        r"|different) (?:cards?|car|cart)"
        r"|(?:how|like|want|going) (?:\w+ ){0,4}pay(?! my)|pay (?:with|by|using|for it|it)|(?:method|form) of payment"
        r"|payment (?:method|information|details|info)|which (?:card|car|cart|guard|course"
        r"|one) (?:should|would|do|shall|can)"
        r"|(?<!gift )(?<!sim )(?<!id )(?<!insurance )(?<!report )(?<!graphics )(?<!sound )(?<!greeting )(?<!library )"
        r"(?<!membership )(?<!loyalty )(?<!rewards )(?<!post )(?<!birthday )(?<!green )(?<!score )(?<!security )cards"
        r"?"
        r"|visa|master ?card|amex|american express|discover|diners club|maestro|credit or debit",
    ),
    (
        Topic.PART,
        r"(?:last|first|final|next|other|remaining) (?:two|three|four|five|six|eight|2|3|4|5|6|8|for)\b"
        r"(?: digits| numbers)?|end(?:s|ing|ed)? (?:in|with)|(?:starts?|begins?|starting|beginning) with",
    ),
    (
        Topic.EXPIRY,
        r"(?<!offer )(?<!coupon )(?<!warranty )(?<!membership )(?<!policy )(?<!contract )(?<!plan )(?<!subscription )"
        r"(?<!license )(?<!passport )(?<!trial )(?<!quote )(?<!promotion )(?<!lease )(?<!that )"
        r"(?:expiration|expiry|experation|exploration|inspiration date|expert date|aspiration)(?: dates?)?"
        r"|when (?:does|did|will|do) (?:it|that|this|the card|your card|they) expire"
        r"|exp date|x date|valid (?:thru|through|until|till|to)|good (?:thru|through|until|till)"
        r"|month and (?:the )?year",
    ),
    (
        Topic.EXPIRY_NAMED,
        r"(?<!offer )(?<!coupon )(?<!warranty )(?<!membership )(?<!policy )(?<!contract )(?<!plan )(?<!subscription )"
        r"(?<!license )(?<!passport )(?<!trial )(?<!quote )(?<!promotion )(?<!lease )(?<!that )"
        r"expir\w*(?: on)?",
    ),
    (
        Topic.CODE,
        r"security (?:code|number|digits|coat|cold|cord|call|court|co)|(?:coat|court|cord|cold"
        r"|corner) (?:on|of) the back|corner back|c ?v ?[vcbd2]2?|c ?[cbd] ?[vb]|c ?s ?c"
        r"|card (?:verification|validation|code|id)"
        r"(?: (?:code|value|number))?|(?:three|3|four|4) digits?(?: (?:security|code|number|pin))+"
        r"|(?:three|3|four|4) (?:digits?|numbers?) (?:on|from|at|in|off) (?:the )?(?:back|front|reverse|signature)"
        r"|(?:code|numbers?|digits|three|3) (?:on|from|at|off) (?:the )?(?:back|reverse|signature)"
        r"|back of (?:the|your|my|it)"
        r"|on the back|verification value|(?:three|3) digits?",
    ),
    (
        Topic.CODE_NAMED,
        r"(?<!zip )(?<!area )(?<!postal )(?<!post )(?<!promo )(?<!discount )(?<!coupon )(?<!access )(?<!country )"
        r"(?<!source )(?<!error )(?<!dress )(?<!bar )(?<!q r )(?<!pass )(?<!door )(?<!gate )(?<!booking )"
        r"(?<!reference )(?<!confirmation )(?<!authorization )(?<!approval )(?<!sip )(?<!product )code",
    ),
)

_SPANISH: tuple[tuple[Topic, str], ...] = (
    (
        Topic.SOCIAL,
        r"(?:numeros? (?:de |del |de su |de mi )?)?(?:seguros?|seguridad) social\w*"
        r"|numero (?:de )?social|su social|mi social"
        r"|(?:el|del) social|s ?s ?n|itin",
    ),
    (
        Topic.ORDINARY,
        r"(?:numero|num|codigo|clave|folio) de(?:l| la)? (?:su |mi )?(?:orden|pedido|confirmacion"
        r"|referencia|rastreo|guia"
        r"|seguimiento|ticket|caso|factura|reserva|reservacion|reclamo|poliza|miembro|socio|cliente"
        r"|serie|modelo|cuenta"
        r"|ruta|empleado|placa|pasaporte|vuelo|habitacion|recibo|transaccion|autorizacion|paciente|receta|contrato"
        r"|telefono|celular|movil|fax|area|pais|postal|extension|promocion|descuento|cupon|producto|articulo|envio"
        r"|paquete|licencia|apartamento|tarjeta de regalo|usuario|reporte)",
    ),
    (Topic.ORDINARY, r"codigo postal|codigo de area|zona postal|zip|extension"),
    (
        Topic.ORDINARY,
        r"telefono|celular|movil|fax|(?:llamar|llame|llamen|llameme|marcar|marque|contactar)(?:me|lo|la|nos|le)?"
        r"|comunicarse|localizar(?:me|lo)?",
    ),
    (Topic.SHORT, r"fecha de nacimiento|nacio|naci|cumpleanos|nacimiento"),
    (Topic.SHORT, r"direccion|domicilio|calle|avenida|apartamento|departamento|colonia"),
    (
        Topic.AMOUNT,
        r"el total|un total|total (?:es|de|seria)|monto|saldo|precio|importe|cuesta|costo|reembolso|son en total"
        r"|kilometraje|edad|temperatura",
    ),
    (Topic.READY, r"cuando (?:usted )?(?:guste|este listo|este lista|quiera)|adelante|lo escucho|la escucho"),
    (
        Topic.ORDINARY_NAMED,
        r"orden|pedido|perido|confirmacion|factura|vuelo|cita|referencia|rastreo|reserva|reservacion",
    ),
    (
        Topic.CARD,
        r"numeros? de(?:s|l)? ?(?:la |su |mi )?\w{0,3}t\w{1,5}eta|numero(?:s)? (?:que aparece )?(?:en"
        r"|por) (?:el frente"
        r"|la tarjeta|delante)"
        r"|(?:dieciseis|16|quince|15) (?:digitos|numeros|cifras)|numero completo",
    ),
    (
        Topic.CARD_NAMED,
        r"(?:como|quiere|quisiera|desea|gustaria) (?:\w+ ){0,3}pagar(?! mi)|pag(?:o|ar|are) con"
        r"|forma de pago|metodo de pago"
        r"|tar[jgx]etas?(?! (?:de regalo|de presentacion|de embarque|de identidad|de seguro|sim|madre"
        r"|verde))|visa|master ?card"
        r"|american express|amex|discover|tarjeta de (?:credito|debito)",
    ),
    (
        Topic.PART,
        r"(?:ultimos|primeros|ultimas|primeras|siguientes) (?:dos|tres|cuatro|cinco|seis|ocho|2|3|4|5|6|8)"
        r"(?: digitos| numeros| cifras)?|termina(?:n|da|cion)? (?:en|con)|terminacion|empieza(?:n)? (?:con|por)"
        r"|comienza(?:n)? (?:con|por)",
    ),
    (
        Topic.EXPIRY,
        r"fecha de (?:expiracion|caducidad|[vb]en[csz]\w*|expir\w*)|[vb]en[csz]imi?ento|expiracion"
        r"|caducidad|caduca|expira"
        r"|vence|valida (?:hasta|thru)|mes y (?:el )?ano|fecha de experiencia|fecha de espiracion|espiracion",
    ),
    (
        Topic.CODE,
        r"codigos? de (?:seguridad|verificacion)(?: de la tarjeta)?|numero de seguridad"
        r"|c ?v ?[vcbd2]2?|clave de seguridad"
        r"|(?:tres|3|cuatro|4) (?:digitos|numeros|cifras) (?:de |del |en |que )?(?:la |el |estan |aparecen )?"
        r"(?:atras|parte|reverso|dorso|detras|seguridad)|(?:atras|reverso|dorso|detras) de (?:la|su|mi) tarjeta"
        r"|(?:parte de atras|parte trasera|parte posterior|reverso|dorso)|(?:tres|3) (?:digitos|numeros|cifras)",
    ),
    (Topic.CODE_NAMED, r"codigo(?! (?:postal|de area|de pais|de confirmacion|de promocion|de descuento|de reserva))"),
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A topic and where its phrase stands in the plain text."""

    topic: Topic
    start: int
    end: int


def _compiled(table: tuple[tuple[Topic, str], ...]) -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    return tuple((topic, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for topic, pattern in table)


_PHRASES = {"en": _compiled(_ENGLISH), "es": _compiled(_SPANISH)}


def find_phrases(text: str, language: str) -> list[Phrase]:
    """The phrases in plain text in order; of two that overlap the one higher in its table, which is the more definite.

    "gift card number" is no card number, "three digit code" no part of one.
    """
    found: list[Phrase] = []
    taken = bytearray(len(text) + 1)
    for topic, pattern in _PHRASES.get(language, ()):
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                found.append(Phrase(topic, match.start(), match.end()))
    return sorted(found, key=lambda phrase: phrase.start)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for tables."""
    return frozenset(text.split())


MONTHS = {
    "en": word_set(
        "january february march april may june july august september october november december jan feb mar"
        " apr jun jul aug sep sept oct nov dec"
    ),
    "es": word_set(
        "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre"
    ),
}
"""Names of months: beside digits they make a date, and in an expiry date they are part of the secret."""

UNITS = {
    "en": word_set(
        "dollar dollars cent cents buck bucks pound pounds euro euros percent day days week weeks month"
        " months year years hour hours minute minutes second seconds business bag bags item items people times"
        " time degrees miles mile feet foot inches inch pieces piece units ounce ounces gallons o'clock oclock"
        " am pm a.m p.m street avenue road drive lane boulevard court nights night tickets boxes box kids"
        " rooms orders cards accounts payments copies or more others other of sizes size star stars points"
        " gigabytes megabytes gigs grand digit digits working to"
    ),
    "es": word_set(
        "dolar dolares centavo centavos peso pesos euro euros por dia dias semana semanas mes meses ano anos"
        " hora horas minuto minutos segundo segundos veces vez grados kilometros millas pies personas"
        " articulos bolsas cajas unidades noches boletos am pm a.m p.m de o mas digitos numeros cifras habiles"
        " hijos pagos tarjetas cuentas"
    ),
}
"""What is counted: digits right before such a word are an amount and no part of a secret."""

COUNTERS = {
    "en": frozenset({"last", "first", "final", "next", "other", "remaining"}),
    "es": frozenset({"ultimos", "ultimas", "primeros", "primeras", "siguientes", "otros", "otras"}),
}
"""Words before a count of digits: "the last four"."""

COUNTED = {
    "en": frozenset({"digit", "digits", "numbers", "figures"}),
    "es": frozenset({"digitos", "numeros", "cifras", "digito"}),
}
"""Words after a count of digits: "three digit", "sixteen numbers"."""

STREETS = {
    "en": word_set(
        "street avenue road drive lane boulevard court place parkway highway apartment suite st ave rd blvd"
    ),
    "es": word_set("calle avenida apartamento departamento colonia"),
}
"""Words shortly after the number of a house."""

WEAK_UNITS = word_set("or of to more other others o de mas por")
"""Units that stand behind any digits too: they make no amount of digits that were asked for."""
