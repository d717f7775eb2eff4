"""Voxport: a self-hosted speech-analytics server that speaks the VoiceBase wire."""

from importlib.metadata import version

__version__ = version("voxport")
