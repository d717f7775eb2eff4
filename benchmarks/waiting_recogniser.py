"""Stands in for the model: an OpenAI-compatible endpoint that waits a given time and always says the same words.

    python -m benchmarks.waiting_recogniser SECONDS [ADDRESS [PORT]]

Prints its port. What it hears does not matter, so that a bench can measure everything but recognition.
"""

from __future__ import annotations

import asyncio
import json
import sys
from functools import partial

WORDS = ["thank", "you", "for", "calling", "how", "can", "I", "help", "you", "today"]
_WORD_S = 0.2
_ANSWER = json.dumps(
    {
        "text": " ".join(WORDS),
        "words": [
            {"word": word, "start": round(place * _WORD_S, 2), "end": round((place + 1) * _WORD_S, 2)}
            for place, word in enumerate(WORDS)
        ],
        "segments": [
            {
                "text": " ".join(WORDS),
                "start": 0.0,
                "end": round(len(WORDS) * _WORD_S, 2),
                "avg_logprob": -0.1,
                "compression_ratio": 1.0,
                "no_speech_prob": 0.01,
            }
        ],
    }
).encode()
_RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
    len(_ANSWER),
    _ANSWER,
)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, seconds: float) -> None:
    """Request after request of one connection, until it is closed."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
            length = next((int(value) for name, _, value in lines if name == b"content-length"), 0)
            await reader.readexactly(length)
            await asyncio.sleep(seconds)
            writer.write(_RESPONSE)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main(seconds: float, address: str, port: int) -> None:
    server = await asyncio.start_server(partial(answer, seconds=seconds), address, port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    seconds, address, port = [*sys.argv[1:], *("0", "127.0.0.1", "0")[len(sys.argv) - 1 :]]
    asyncio.run(main(float(seconds), address, int(port)))
