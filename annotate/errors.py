"""The errors that `annotate` raises.

AnnotateError               one clear line for the user; the command line exits with status 2
├── SettingsError           a setting is unknown or has a wrong value
├── SourceError             a reference cannot be read
│   └── NotAnArticleError   it was read, but holds no article that can be checked
├── PaperError              papers cannot be read, kept or asked for: a file, the library, a service
├── CheckError              a check's module breaks the form, or no check has that name
└── ArtefactError           something that `models/` built is missing or damaged
"""


class AnnotateError(Exception):
    """Any error whose message is meant for the user."""


class SettingsError(AnnotateError):
    """A setting is unknown or has a wrong value."""


class SourceError(AnnotateError):
    """A reference cannot be read. The message begins with the reference."""

    @property
    def reference(self) -> str:
        """The reference, as far as the message gives it."""
        return str(self).partition(": ")[0]


class NotAnArticleError(SourceError):
    """The reference was read, but holds no article that can be checked: empty, binary, not English."""


class PaperError(AnnotateError):
    """Papers cannot be read, kept or asked for: a file, the library, a service."""


class CheckError(AnnotateError):
    """A check's module breaks the form, or no check has that name."""


class ArtefactError(AnnotateError):
    """Something that `models/` built is missing or damaged."""
