"""The ``ccio-skills`` command."""
