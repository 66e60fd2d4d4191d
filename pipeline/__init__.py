"""solieu: figures of Vietnamese government reports, each led back to its words on its page."""

__version__ = "0.1.0"
