"""The times of Whisper's tokens, from the alignment that CTranslate2 makes of them with what it encoded."""

from __future__ import annotations

from typing import Any

import numpy as np
from faster_whisper.tokenizer import Tokenizer

from voxport.speech.engine import Token

ENCODER_STEP_MS = 20
"""The alignment places tokens on the encoder's frames."""


def aligned_tokens(result: Any, tokenizer: Tokenizer, text: list[int]) -> tuple[Token, ...]:
    """Units of readable text with the time at which the alignment enters and leaves them."""
    entered = np.full(len(text) + 2, -1, np.int64)
    for token, step in reversed(result.alignments):
        if token < entered.shape[0]:
            entered[token] = step
    last_step = result.alignments[-1][1] + 1 if result.alignments else 0
    # A token that the path never enters takes the time of the one after it.
    following = last_step
    for index in range(entered.shape[0] - 1, -1, -1):
        if entered[index] < 0:
            entered[index] = following
        following = entered[index]
    units, parts = tokenizer.split_tokens_on_unicode(text)
    tokens: list[Token] = []
    position = 0
    for unit, part in zip(units, parts, strict=True):
        until = position + len(part)
        probabilities = result.text_token_probs[position:until]
        tokens.append(
            Token(
                unit,
                int(entered[position]) * ENCODER_STEP_MS,
                int(entered[until]) * ENCODER_STEP_MS,
                float(np.mean(probabilities)) if len(probabilities) else 0.0,
            )
        )
        position = until
    return tuple(tokens)
