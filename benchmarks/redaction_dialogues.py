"""What is said in the synthetic calls: blocks of lines with places for secrets and for ordinary numbers.

Two halves that share no block: `development`, which detectors may be looked at with, and `heldout`, which only counts.
A line begins with `A` (agent) or `C` (caller); `{name}` is a number, `redaction_numbers` says how it is spoken.
"""

from __future__ import annotations

Block = tuple[str, ...]

GREETINGS: dict[str, tuple[Block, ...]] = {
    "development": (
        ("A Thank you for calling Maple Street Hardware, this is Karen. How can I help you?",),
        ("A Good morning, Lakeside Travel, you are speaking with Tom.", "C Hi Tom, how are you doing?"),
        ("A Customer service, my name is Angela. What can I do for you today?",),
    ),
    "heldout": (
        ("A Hello, you have reached Riverside Dental, this is Monica speaking.", "C Hello Monica."),
        ("A Thanks for holding, this is Peter with Summit Insurance.", "C Yeah, hi, finally somebody."),
        ("A Blue Sky Utilities, good afternoon. How may I direct your call?",),
    ),
    "spanish": (
        ("A Gracias por llamar a Ferretería Central, le atiende Carmen. ¿En qué puedo ayudarle?",),
        ("A Buenos días, servicio al cliente. ¿Cómo le puedo ayudar?",),
    ),
}

ORDINARY: dict[str, tuple[Block, ...]] = {
    "development": (
        (
            "C I would like to check on my order, please.",
            "A Sure, what is the order number?",
            "C It's {order}.",
            "A Thank you, I can see it. It shipped on {date} and should arrive by {time}.",
        ),
        (
            "A What is the best phone number to reach you?",
            "C You can call me at {phone}.",
            "A Great. And your zip code?",
            "C {zip}.",
        ),
        (
            "C How much would that be altogether?",
            "A With tax your total comes to {money}. If you take {quantity}, it is only {money}.",
            "C Okay, that sounds fair.",
        ),
        (
            "A Can you verify your date of birth for me?",
            "C Yes, it's {dob}.",
            "A Perfect. And are you still living at {house} Oak Avenue?",
            "C Yes, I am.",
        ),
        (
            "C When is my appointment again?",
            "A I have you down for {date} at {time}.",
            "C Could we move it to {time}?",
            "A That works. Your confirmation number is {confirmation}.",
        ),
        (
            "C My account number is {account}.",
            "A One moment please. I see a balance of {money}, due on {date}.",
        ),
    ),
    "heldout": (
        (
            "A Do you have the tracking number handy?",
            "C Let me look. Here it is, {order}.",
            "A Alright, that package left our warehouse on {date}.",
        ),
        (
            "C I was charged {money}, but the invoice says {money}.",
            "A I am sorry about that. I can refund {money} right away.",
        ),
        (
            "A Which number are you calling from today?",
            "C From my cell, that's {phone}.",
            "A And the zip code on the account is {zip}, correct?",
            "C That's right.",
        ),
        (
            "A We are open until {time} on weekdays, and on {date} we close early.",
            "C Good to know. I need {quantity} by then.",
        ),
        (
            "A Your case number is {confirmation}. Please keep it for your records.",
            "C Let me repeat that, {confirmation}.",
            "A Exactly.",
        ),
        (
            "C I have been a customer since {year}, and my member number is {account}.",
            "A We appreciate that. What is your birthday?",
            "C {dob}.",
        ),
        (
            "C Send it to {house} Washington Street, zip {zip}.",
            "A Will do. Shipping takes about {quantity}, and it costs {money}.",
        ),
    ),
    "spanish": (
        (
            "A ¿Me da su número de teléfono, por favor?",
            "C Sí, es el {phone}.",
            "A Gracias. El total de su compra es de {money}.",
        ),
        (
            "C Quiero preguntar por mi pedido, el número es {order}.",
            "A Claro, su pedido llega a las {time}.",
        ),
    ),
}

PAYMENT: dict[str, tuple[Block, ...]] = {
    "development": (
        (
            "A How would you like to pay for that?",
            "C I will use my credit card.",
            "A Okay, go ahead with the card number.",
            "C It's {card}.",
            "A Thank you. And the expiration date?",
            "C {expiry}.",
            "A And the security code on the back?",
            "C That's {cvv}.",
            "A Thank you, that went through.",
        ),
        (
            "A May I have the sixteen digits on the front of your card?",
            "C Sure, {card1}.",
            "A Okay.",
            "C {card2}.",
            "A Mhm.",
            "C {card3}.",
            "A Yes.",
            "C {card4}.",
            "A Great, and when does it expire?",
            "C It expires {expiry}.",
        ),
        (
            "C I want to pay my bill with my Visa. The number is {card}.",
            "A Let me read that back. {card1}, {card2}, {card3}, {card4}.",
            "C Correct. The expiration is {expiry}, and the C V V is {cvv}.",
            "A Wonderful, your payment of {money} has been approved.",
        ),
        (
            "A I still have the card ending in {cardlast} on file. Shall I use that one?",
            "C No, please use my new Mastercard.",
            "A Alright, what is the number?",
            "C The number is {card}.",
            "A And the three digits on the back?",
            "C {cvv}.",
        ),
        (
            "C Can I pay by card over the phone?",
            "A Of course. Which card number should I charge the {money} to?",
            "C {card}, and it is good through {expiry}.",
            "A And could you repeat the last four digits?",
            "C {cardlast}.",
            "A Thanks.",
        ),
    ),
    "heldout": (
        (
            "A I will need a credit card to hold the reservation.",
            "C Okay, hang on, let me get my wallet. Alright, ready?",
            "A Ready when you are.",
            "C {card}.",
            "A Expiration?",
            "C {expiry}.",
            "A And the three digit code?",
            "C {cvv}.",
            "A Perfect, you are all set.",
        ),
        (
            "A To process the payment, please read me your card number slowly.",
            "C {card1}.",
            "A {card1}.",
            "C {card2}.",
            "A {card2}.",
            "C {card3}.",
            "A Got it.",
            "C And {card4}.",
            "A Thank you very much.",
        ),
        (
            "C Put it on my American Express. That's {card}.",
            "A Okay, and the expiry date?",
            "C {expiry}, and the four digit code is {cvv}.",
            "A Great, that is {money} charged today.",
        ),
        (
            "C So my debit card is {card}, valid until {expiry}.",
            "A Sorry, the line broke up. What were the last four?",
            "C {cardlast}.",
            "A And the number on the back of the card?",
            "C Uh, {cvv}.",
            "A Okay, done.",
        ),
        (
            "A Are we using the Discover card again, the one that ends in {cardlast}?",
            "C Yes please. Do you need the whole number?",
            "A Yes, I do.",
            "C {card}. Expires {expiry}.",
            "A And your security code?",
            "C {cvv}.",
        ),
    ),
    "spanish": (
        (
            "A ¿Cómo desea pagar?",
            "C Con mi tarjeta de crédito.",
            "A Muy bien, dígame el número de la tarjeta.",
            "C Es el {card}.",
            "A ¿Y la fecha de vencimiento?",
            "C {expiry}.",
            "A ¿Y el código de seguridad?",
            "C {cvv}.",
            "A Gracias, el pago fue aprobado.",
        ),
    ),
}

SOCIAL: dict[str, tuple[Block, ...]] = {
    "development": (
        (
            "A For verification I need your social security number.",
            "C Alright, it's {ssn}.",
            "A Thank you for that.",
        ),
        (
            "A Can you give me the last four of your social?",
            "C Yes, {ssnlast}.",
            "A Great, that matches.",
        ),
        (
            "C Do you need my social security number?",
            "A Yes please, whenever you are ready.",
            "C {ssn1}.",
            "A Okay.",
            "C {ssn2}.",
            "A Uh huh.",
            "C {ssn3}.",
            "A Got it, thanks.",
        ),
    ),
    "heldout": (
        (
            "A And what is your social?",
            "C My social is {ssn}.",
            "A So that's {ssn}.",
            "C Yes.",
        ),
        (
            "A Please confirm the last four digits of your social security number.",
            "C Um, it's {ssnlast}.",
            "A Okay, you are verified.",
        ),
        (
            "A I just need to verify your identity. Can I have your full social security number?",
            "C I guess so. {ssn}.",
            "A I appreciate it.",
        ),
    ),
    "spanish": (
        (
            "A Necesito su número de seguro social, por favor.",
            "C Es el {ssn}.",
            "A Muchas gracias.",
        ),
    ),
}

CLOSINGS: dict[str, tuple[Block, ...]] = {
    "development": (
        ("A Is there anything else I can help you with?", "C No, that's all. Thank you.", "A Have a nice day."),
        ("C Thanks so much for your help.", "A You are welcome. Goodbye."),
    ),
    "heldout": (
        ("A Can I help you with anything else?", "C Nope, we are good.", "A Take care then."),
        ("C Alright, I have to go now. Bye.", "A Bye bye."),
    ),
    "spanish": (("A ¿Algo más en que le pueda ayudar?", "C No, muchas gracias.", "A Que tenga un buen día."),),
}
