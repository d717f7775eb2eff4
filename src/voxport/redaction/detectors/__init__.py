"""One detector for each kind of secret, and what they share: candidates, their subjects, repetitions."""
