"""What all tests share: settings that make them the same everywhere."""

import os

from hypothesis import settings

os.environ.setdefault("NUMEXPR_NUM_THREADS", "1")
os.environ.setdefault("NUMEXPR_MAX_THREADS", "1")

settings.register_profile("here", deadline=None, max_examples=100, print_blob=True)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
