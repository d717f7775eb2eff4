"""The documented codes: sentence and HTTP status of each (contract/errors.md).

Sentences are `str.format` templates; `Problem.of` fills them. Their parameters are named after what the contract says
is substituted. Callers never pass a URL with its query: queries carry signatures, and these sentences reach the logs.
"""

from __future__ import annotations

_REQUEST: dict[int, str] = {
    10000: "There is nothing at this address.",
    10001: "The multipart body of the request could not be read.",
    10002: "The request has no Authorization header.",
    10003: "The Authorization header does not carry a valid bearer token.",
    10004: "This account is locked.",
    10005: "This account still waits for approval.",
    10006: "This token does not allow access to the requested resource.",
    10007: "The configuration could not be understood: {reason}.",
    10008: "The property {property} is not part of {section}.",
    10009: "The priority is unknown; use low, normal or high.",
    10010: "The property {property} stands more than once in the configuration.",
    10011: "The value of the query parameter {parameter} is not URL-encoded.",
    10012: "Profile keys are managed with a user token; an API token cannot do it.",
    10013: "This request needs a user token.",
    10107: "The metadata could not be understood: {reason}.",
    10108: "The externalId must not be empty; it holds up to {maximum} characters.",
    10109: "The externalId is too long; it holds up to {maximum} characters.",
    10110: "The field {field} stands more than once in the metadata.",
    10201: "The media could not be read: {reason}.",
    10202: "The request has neither a media nor a mediaUrl part.",
    10203: "The media could not be fetched: {url} is not reachable.",
    10204: "The mediaUrl {url} is not a valid address.",
    10205: "The requested resource was not found.",
    10206: "The part {part} stands more than once in the request; one is allowed.",
    10207: "The media could not be fetched: {url} answered {status}.",
    10301: "The transcript is not ready; it can be read once the media is finished.",
    10401: "The language {language} is not supported by the chosen speech engine.",
    10402: "The language {language} needs a locale; supported: {locales}.",
    10501: "The property testability is not allowed.",
    10601: "The language {language} is not supported.",
    10602: "The speech extension {extension} is not supported in {language}.",
    10603: "The speech feature {feature} is not supported in {language}.",
    10604: "Additional speech models are not supported.",
    10800: "The payload is larger than the limit of {limit} bytes.",
}

_CHANNELS: dict[int, str] = {
    15000: "Channels are described in more than one way; give one of speakerName, stereo, channels, tracks.",
    15001: "The channels section has no channels.",
    15002: "A channel has no speaker.",
    15003: "A stereo section needs both left and right.",
    15004: "The configuration describes {configured} channels, the media has {found}.",
    15005: "Every channel is ignored; at least one must be processed.",
}

_SPEECH: dict[int, str] = {
    20001: "There is no such speech model.",
    20002: "The speech model {model} does not exist in that version.",
    20003: "The chosen transcription engine does not support this request: {reason}.",
    20004: "A transcript to align cannot be combined with transcription settings.",
    20005: "Alignment is not available in {language}.",
    20006: "A vocabulary needs a name or terms; it has neither.",
    20007: "A vocabulary has a name or terms, not both; found name {name} and terms {terms}.",
    20008: "The vocabulary {name} was not found.",
    20009: "The vocabulary {name} is empty.",
    20010: "There are too many vocabulary terms; the limit is {maximum}.",
    20011: "Telling speakers apart is not available in {language}.",
    20012: "A vocabulary term or script is not valid: {reason}.",
    20013: "The vocabulary scripts have too many words; the limit is {maximum}.",
    20014: "A vocabulary term is empty.",
    20015: "The weight of the vocabulary term {term} must be a whole number from 0 to 5; found {weight}.",
    20016: "A sounds-like form of a vocabulary term is not valid: {reason}.",
    20017: "Vocabulary terms stand more than once: {terms}.",
    20101: "There are too many vocabulary scripts; the limit is {maximum}.",
}

_ANALYTICS: dict[int, str] = {
    40001: "Semantic topics and semantic keywords must both be on or both be off.",
    40002: "Semantic keywords are not supported in {language}.",
    40003: "Semantic topics are not supported in {language}.",
    40004: "Knowledge discovery is not supported in {language}.",
    40005: "The spotting group {group} was not found.",
    40006: "The spotting group {group} is empty.",
    50001: "The classifier {model} is not supported in {language}.",
    50002: "A classifier needs an id or a name.",
    50003: "The classifierId {id} is not a UUID.",
    50004: "A detector needs an id or a name.",
    50005: "The detectorId {id} is not a UUID.",
    50006: "The detector {model} is not supported in {language}.",
    50007: "A redactor needs an audio or a transcript section.",
    50008: "A redactor lacks {missing}; its {section} section needs it.",
    50009: "Transcript redaction is not supported in {language}.",
    50010: "Audio redaction is not supported in {language}.",
    50011: "Audio redaction is not supported for media of type {content_type}.",
    55000: "Content filtering is not supported in language {language}, region {region}.",
}

_CALLBACKS: dict[int, str] = {
    60001: "A callback has no url.",
    60002: "The protocol of the callback url {url} is not supported; supported: {supported}.",
    60003: "A callback cannot include {value}; it can include: {valid}.",
    60004: "There is no callback attachment of the kind {kind}.",
    60005: "The callback attachment {kind} has no url.",
    60006: "The callback url {url} is not valid.",
    60007: "There is no callback type {value}; types: {valid}.",
    60008: "The property {property} is not used by callbacks of type {type}.",
    60009: "A callback of type {type} needs the property {property}.",
    60010: "A callback of type {type} cannot have the format {format}; formats: {valid}.",
    60011: "The callback method {method} is not supported; use POST or PUT.",
    60012: "The pre-signed S3 url of a callback is signed without a content type; sign it for {expected}.",
    60013: "The pre-signed S3 url of a callback is signed for the content type {found}; sign it for {expected}.",
}

_KEYS: dict[int, str] = {
    70000: "The request has no key configuration.",
    70001: "Give either expirationDate or ttlMillis, not both.",
    70002: "The expirationDate lies in the past.",
    70003: "The expirationDate lies more than 2 hours ahead.",
    70004: "The ttlMillis must be greater than zero.",
    70005: "The ttlMillis must not exceed 2 hours.",
    70006: "An ephemeral key needs an expirationDate or a ttlMillis.",
    70007: "The key was not found.",
    70008: "The scope of the key is not valid: {reason}.",
}

_DEFINITIONS: dict[int, str] = {
    80000: "There is no {definition} among the {collection}.",
    80100: "The request has no keyword group.",
    80101: "The keyword group has no keywords.",
    80102: "The group name in the body differs from the path; expected {expected}.",
    80103: "The keyword {keyword} is not valid: {reason}.",
    80200: "The request has no vocabulary.",
    80202: "The vocabulary name in the path is {path_name}, in the body {body_name}.",
    80203: "The vocabulary term {term} is not valid: {reasons}.",
    80204: "A vocabulary has terms or scripts, not both.",
    80205: "The vocabulary has no vocabularyType; a vocabulary of scripts needs the type scripts.",
    80206: "A vocabulary needs terms or scripts; it has neither.",
    80207: "The vocabulary script {script} is not valid: {reasons}.",
    80208: "The vocabulary has {count} terms; the limit is {maximum}.",
    80209: "Vocabulary terms stand more than once: {terms}.",
    80300: "The request has no searchable fields.",
    80301: "The searchable field name {field} is not valid: {reason}.",
    80302: "The searchable field expression {expression} is not valid: {reason}.",
    80303: "The searchable field name {field} is too long; it holds up to {maximum} characters.",
}

_SERVER: dict[int, str] = {
    90000: "There was a problem with S3: {detail}.",
    90001: "Data is missing from {collection} for the organization {organization}.",
    90002: "A database request failed.",
    90003: "The server could not read or write its data.",
    90004: "The message broker failed.",
    90005: "Stored data could not be brought to the current version.",
}

CODES: dict[int, str] = {
    **_REQUEST,
    **_CHANNELS,
    **_SPEECH,
    **_ANALYTICS,
    **_CALLBACKS,
    **_KEYS,
    **_DEFINITIONS,
    **_SERVER,
}

HTTP_STATUS: dict[int, int] = {
    **dict.fromkeys((10002, 10003), 401),
    **dict.fromkeys((10004, 10005, 10006, 10012, 10013), 403),
    **dict.fromkeys((10000, 10205, 10301, 70007, 80000, 90001), 404),
    **dict.fromkeys((90003, 90005), 500),
    **dict.fromkeys((90000, 90002, 90004), 503),
}
"""Status of each code that does not answer 400.

10800 answers 400 too: a known client takes every other status as a reason to try for ever (open-questions 48).
"""
