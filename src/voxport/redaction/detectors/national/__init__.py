"""Numbers that a state or a bank gives people, behind one seam: a form, a check and the words that ask for one.

A further one is a definition in `core/detectors.py`, an entry of `numbers.NATIONAL`, and its phrases in
`dialogue/lists/national-LANGUAGE.json`.
"""
