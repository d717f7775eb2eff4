"""The documented codes: name, sentence and HTTP status of each (docs/contract/errors.md)."""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class Code(IntEnum):
    """One documented code; its number is what the wire carries.

    Callers never pass a URL with its query as a parameter: queries carry signatures, and sentences reach the logs.
    """

    sentence: str
    """A `str.format` template; its parameters are named after what the contract says is substituted."""
    status: int
    """The HTTP status of an answer whose first problem this is."""

    def __new__(cls, number: int, sentence: str = "", status: int = 400) -> Self:
        member = int.__new__(cls, number)
        member._value_ = number
        member.sentence, member.status = sentence, status
        return member

    # The request.
    NO_SUCH_ADDRESS = 10000, "There is nothing at this address.", 404
    MULTIPART_UNREADABLE = 10001, "The multipart body of the request could not be read."
    AUTHORIZATION_MISSING = 10002, "The request has no Authorization header.", 401
    TOKEN_INVALID = 10003, "The Authorization header does not carry a valid bearer token.", 401
    ACCOUNT_LOCKED = 10004, "This account is locked.", 403
    ACCOUNT_PENDING = 10005, "This account still waits for approval.", 403
    ACCESS_DENIED = 10006, "This token does not allow access to the requested resource.", 403
    CONFIGURATION_INVALID = 10007, "The configuration could not be understood: {reason}."
    PROPERTY_UNKNOWN = 10008, "The property {property} is not part of {section}."
    PRIORITY_UNKNOWN = 10009, "The priority is unknown; use low, normal or high."
    PROPERTY_REPEATED = 10010, "The property {property} stands more than once in the configuration."
    QUERY_PARAMETER_INVALID = 10011, "The value of the query parameter {parameter} is not URL-encoded."
    USER_TOKEN_NEEDED_FOR_KEYS = 10012, "Profile keys are managed with a user token; an API token cannot do it.", 403
    USER_TOKEN_NEEDED = 10013, "This request needs a user token.", 403
    METADATA_INVALID = 10107, "The metadata could not be understood: {reason}."
    EXTERNAL_ID_EMPTY = 10108, "The externalId must not be empty; it holds up to {maximum} characters."
    EXTERNAL_ID_TOO_LONG = 10109, "The externalId is too long; it holds up to {maximum} characters."
    METADATA_FIELD_REPEATED = 10110, "The field {field} stands more than once in the metadata."
    MEDIA_UNREADABLE = 10201, "The media could not be read: {reason}."
    MEDIA_MISSING = 10202, "The request has neither a media nor a mediaUrl part."
    MEDIA_URL_UNREACHABLE = 10203, "The media could not be fetched: {url} is not reachable."
    MEDIA_URL_INVALID = 10204, "The mediaUrl {url} is not a valid address."
    RESOURCE_NOT_FOUND = 10205, "The requested resource was not found.", 404
    PART_REPEATED = 10206, "The part {part} stands more than once in the request; one is allowed."
    MEDIA_URL_REFUSED = 10207, "The media could not be fetched: {url} answered {status}."
    TRANSCRIPT_NOT_READY = 10301, "The transcript is not ready; it can be read once the media is finished.", 404
    LANGUAGE_UNSUPPORTED_BY_ENGINE = 10401, "The language {language} is not supported by the chosen speech engine."
    LOCALE_NEEDED = 10402, "The language {language} needs a locale; supported: {locales}."
    TESTABILITY_NOT_ALLOWED = 10501, "The property testability is not allowed."
    LANGUAGE_UNSUPPORTED = 10601, "The language {language} is not supported."
    SPEECH_EXTENSION_UNSUPPORTED = 10602, "The speech extension {extension} is not supported in {language}."
    SPEECH_FEATURE_UNSUPPORTED = 10603, "The speech feature {feature} is not supported in {language}."
    ADDITIONAL_SPEECH_MODELS_UNSUPPORTED = 10604, "Additional speech models are not supported."
    # 400, not 413: a known client takes every other status as a reason to try for ever
    # (docs/contract/open-questions.md 48).
    PAYLOAD_TOO_LARGE = 10800, "The payload is larger than the limit of {limit} bytes."

    # Channels.
    CHANNELS_AMBIGUOUS = (
        15000,
        "Channels are described in more than one way; give one of speakerName, stereo, channels, tracks.",
    )
    CHANNELS_EMPTY = 15001, "The channels section has no channels."
    CHANNEL_WITHOUT_SPEAKER = 15002, "A channel has no speaker."
    STEREO_SIDE_MISSING = 15003, "A stereo section needs both left and right."
    CHANNEL_COUNT_DIFFERS = 15004, "The configuration describes {configured} channels, the media has {found}."
    EVERY_CHANNEL_IGNORED = 15005, "Every channel is ignored; at least one must be processed."

    # Speech and vocabularies.
    SPEECH_MODEL_UNKNOWN = 20001, "There is no such speech model."
    SPEECH_MODEL_VERSION_UNKNOWN = 20002, "The speech model {model} does not exist in that version."
    ENGINE_CANNOT_DO_THIS = 20003, "The chosen transcription engine does not support this request: {reason}."
    ALIGNMENT_EXCLUDES_TRANSCRIPTION = 20004, "A transcript to align cannot be combined with transcription settings."
    ALIGNMENT_UNAVAILABLE = 20005, "Alignment is not available in {language}."
    VOCABULARY_WITHOUT_NAME_OR_TERMS = 20006, "A vocabulary needs a name or terms; it has neither."
    VOCABULARY_WITH_NAME_AND_TERMS = (
        20007,
        "A vocabulary has a name or terms, not both; found name {name} and terms {terms}.",
    )
    VOCABULARY_NOT_FOUND = 20008, "The vocabulary {name} was not found."
    VOCABULARY_EMPTY = 20009, "The vocabulary {name} is empty."
    TOO_MANY_TERMS = 20010, "There are too many vocabulary terms; the limit is {maximum}."
    DIARIZATION_UNSUPPORTED = 20011, "Telling speakers apart is not available in {language}."
    TERM_INVALID = 20012, "A vocabulary term or script is not valid: {reason}."
    TOO_MANY_SCRIPT_WORDS = 20013, "The vocabulary scripts have too many words; the limit is {maximum}."
    TERM_EMPTY = 20014, "A vocabulary term is empty."
    TERM_WEIGHT_INVALID = (
        20015,
        "The weight of the vocabulary term {term} must be a whole number from 0 to 5; found {weight}.",
    )
    SOUNDS_LIKE_INVALID = 20016, "A sounds-like form of a vocabulary term is not valid: {reason}."
    TERMS_REPEATED = 20017, "Vocabulary terms stand more than once: {terms}."
    TOO_MANY_SCRIPTS = 20101, "There are too many vocabulary scripts; the limit is {maximum}."

    # Analytics and prediction.
    SEMANTIC_PAIR_DIFFERS = 40001, "Semantic topics and semantic keywords must both be on or both be off."
    SEMANTIC_KEYWORDS_UNSUPPORTED = 40002, "Semantic keywords are not supported in {language}."
    SEMANTIC_TOPICS_UNSUPPORTED = 40003, "Semantic topics are not supported in {language}."
    KNOWLEDGE_UNSUPPORTED = 40004, "Knowledge discovery is not supported in {language}."
    SPOTTING_GROUP_NOT_FOUND = 40005, "The spotting group {group} was not found."
    SPOTTING_GROUP_EMPTY = 40006, "The spotting group {group} is empty."
    CLASSIFIER_UNSUPPORTED = 50001, "The classifier {model} is not supported in {language}."
    CLASSIFIER_WITHOUT_IDENTITY = 50002, "A classifier needs an id or a name."
    CLASSIFIER_ID_INVALID = 50003, "The classifierId {id} is not a UUID."
    DETECTOR_WITHOUT_IDENTITY = 50004, "A detector needs an id or a name."
    DETECTOR_ID_INVALID = 50005, "The detectorId {id} is not a UUID."
    DETECTOR_UNSUPPORTED = 50006, "The detector {model} is not supported in {language}."
    REDACTOR_EMPTY = 50007, "A redactor needs an audio or a transcript section."
    REDACTOR_INCOMPLETE = 50008, "A redactor lacks {missing}; its {section} section needs it."
    TRANSCRIPT_REDACTION_UNSUPPORTED = 50009, "Transcript redaction is not supported in {language}."
    AUDIO_REDACTION_UNSUPPORTED = 50010, "Audio redaction is not supported in {language}."
    MEDIA_REDACTION_UNSUPPORTED = 50011, "Audio redaction is not supported for media of type {content_type}."
    CONTENT_FILTER_UNSUPPORTED = 55000, "Content filtering is not supported in language {language}, region {region}."

    # Callbacks.
    CALLBACK_WITHOUT_URL = 60001, "A callback has no url."
    CALLBACK_PROTOCOL_UNSUPPORTED = (
        60002,
        "The protocol of the callback url {url} is not supported; supported: {supported}.",
    )
    CALLBACK_INCLUDE_UNKNOWN = 60003, "A callback cannot include {value}; it can include: {valid}."
    ATTACHMENT_UNKNOWN = 60004, "There is no callback attachment of the kind {kind}."
    ATTACHMENT_WITHOUT_URL = 60005, "The callback attachment {kind} has no url."
    CALLBACK_URL_INVALID = 60006, "The callback url {url} is not valid."
    CALLBACK_TYPE_UNKNOWN = 60007, "There is no callback type {value}; types: {valid}."
    CALLBACK_PROPERTY_UNUSED = 60008, "The property {property} is not used by callbacks of type {type}."
    CALLBACK_PROPERTY_MISSING = 60009, "A callback of type {type} needs the property {property}."
    CALLBACK_FORMAT_INVALID = 60010, "A callback of type {type} cannot have the format {format}; formats: {valid}."
    CALLBACK_METHOD_UNSUPPORTED = 60011, "The callback method {method} is not supported; use POST or PUT."
    PRESIGNED_WITHOUT_CONTENT_TYPE = (
        60012,
        "The pre-signed S3 url of a callback is signed without a content type; sign it for {expected}.",
    )
    PRESIGNED_CONTENT_TYPE_DIFFERS = (
        60013,
        "The pre-signed S3 url of a callback is signed for the content type {found}; sign it for {expected}.",
    )

    # Keys.
    KEY_CONFIGURATION_MISSING = 70000, "The request has no key configuration."
    KEY_EXPIRY_AMBIGUOUS = 70001, "Give either expirationDate or ttlMillis, not both."
    KEY_EXPIRY_PAST = 70002, "The expirationDate lies in the past."
    KEY_EXPIRY_TOO_FAR = 70003, "The expirationDate lies more than 2 hours ahead."
    KEY_TTL_NOT_POSITIVE = 70004, "The ttlMillis must be greater than zero."
    KEY_TTL_TOO_LONG = 70005, "The ttlMillis must not exceed 2 hours."
    KEY_EXPIRY_MISSING = 70006, "An ephemeral key needs an expirationDate or a ttlMillis."
    KEY_NOT_FOUND = 70007, "The key was not found.", 404
    KEY_SCOPE_INVALID = 70008, "The scope of the key is not valid: {reason}."

    # Definitions.
    DEFINITION_NOT_FOUND = 80000, "There is no {definition} among the {collection}.", 404
    SPOTTING_GROUP_MISSING = 80100, "The request has no keyword group."
    SPOTTING_GROUP_WITHOUT_KEYWORDS = 80101, "The keyword group has no keywords."
    SPOTTING_GROUP_NAME_DIFFERS = 80102, "The group name in the body differs from the path; expected {expected}."
    SPOTTING_KEYWORD_INVALID = 80103, "The keyword {keyword} is not valid: {reason}."
    VOCABULARY_MISSING = 80200, "The request has no vocabulary."
    VOCABULARY_NAME_DIFFERS = 80202, "The vocabulary name in the path is {path_name}, in the body {body_name}."
    VOCABULARY_TERM_INVALID = 80203, "The vocabulary term {term} is not valid: {reasons}."
    VOCABULARY_WITH_TERMS_AND_SCRIPTS = 80204, "A vocabulary has terms or scripts, not both."
    VOCABULARY_TYPE_MISSING = (
        80205,
        "The vocabulary has no vocabularyType; a vocabulary of scripts needs the type scripts.",
    )
    VOCABULARY_WITHOUT_CONTENT = 80206, "A vocabulary needs terms or scripts; it has neither."
    VOCABULARY_SCRIPT_INVALID = 80207, "The vocabulary script {script} is not valid: {reasons}."
    VOCABULARY_TOO_LARGE = 80208, "The vocabulary has {count} terms; the limit is {maximum}."
    VOCABULARY_TERMS_REPEATED = 80209, "Vocabulary terms stand more than once: {terms}."
    SEARCH_FIELDS_MISSING = 80300, "The request has no searchable fields."
    SEARCH_FIELD_NAME_INVALID = 80301, "The searchable field name {field} is not valid: {reason}."
    SEARCH_FIELD_EXPRESSION_INVALID = 80302, "The searchable field expression {expression} is not valid: {reason}."
    SEARCH_FIELD_NAME_TOO_LONG = (
        80303,
        "The searchable field name {field} is too long; it holds up to {maximum} characters.",
    )

    # The server.
    S3_FAILED = 90000, "There was a problem with S3: {detail}.", 503
    DATA_MISSING = 90001, "Data is missing from {collection} for the organization {organization}.", 404
    DATABASE_FAILED = 90002, "A database request failed.", 503
    SERVER_FAILED = 90003, "The server could not read or write its data.", 500
    BROKER_FAILED = 90004, "The message broker failed.", 503
    MIGRATION_FAILED = 90005, "Stored data could not be brought to the current version.", 500
