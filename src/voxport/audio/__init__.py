"""Recordings in and out: opening a file, decoding it onto one clock, resampling, encoding. Nobody else imports PyAV.

This room knows neither who speaks on a channel nor what is to be covered, and no file makes it open another one.
"""
