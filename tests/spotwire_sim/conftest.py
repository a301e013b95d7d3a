"""How many sequences hypothesis tries: `HYPOTHESIS_PROFILE=soak`, which `make soak` sets, asks for many."""

import os

from hypothesis import settings

settings.register_profile("soak", max_examples=10_000, derandomize=False)
if "HYPOTHESIS_PROFILE" in os.environ:
    settings.load_profile(os.environ["HYPOTHESIS_PROFILE"])
