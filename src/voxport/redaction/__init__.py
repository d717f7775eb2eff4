"""Redaction: finds what must not be kept in a call and covers it, in words and in sound, by one set of spans.

| where | what |
|---|---|
| `dialogue/` | a call as lines with the digits in them and the phrases that say what digits are |
| `detectors/`, `registry.py` | which digits are a card, a social security number, any number |
| `missed_speech/` | where a secret may have been said without being recognised |
| `margins.py` | how much is covered around a secret |
| `detection.py`, `covers.py` | all of that in one call, and what it hands on |
| `covering/words.py`, `covering/sound.py` | the words replaced, the sound covered with tones |
| `audibility.py` | the check: whether a secret can still be heard |
| `carry_over.py` | what an earlier run has covered stays covered |

Knows neither the wire nor the database. What it cannot place in time fails the media rather than leak.
"""
