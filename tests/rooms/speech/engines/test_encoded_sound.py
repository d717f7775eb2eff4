"""What was encoded is there for the same features and window as long as the features are."""

from __future__ import annotations

import gc

import numpy as np

from voxport.speech.engines.encoded_sound import EncodedSound
from voxport.speech.levels import Floats


def _array(value: float, shape: tuple[int, int] = (2, 3)) -> Floats:
    return np.full(shape, value, np.float32)


def test_what_is_kept_is_found_for_its_features_and_window() -> None:
    encoded, one, other = EncodedSound(), _array(1), _array(2)
    encoded.keep(one, 20_000, _array(10))
    encoded.keep(other, 20_000, _array(20))
    found = encoded.find([other, one], 20_000)
    assert found is not None
    assert found.tolist() == [_array(20).tolist(), _array(10).tolist()]
    assert encoded.find([one], 30_000) is None
    assert encoded.find([one, _array(1)], 20_000) is None


def test_it_is_let_go_with_its_features() -> None:
    encoded, one = EncodedSound(), _array(1)
    encoded.keep(one, 20_000, _array(10))
    del one
    gc.collect()
    assert not encoded._kept
