"""Steps an operator can see, retry and time: read, one rule, write or send."""

from tasks.masking import install

install()
