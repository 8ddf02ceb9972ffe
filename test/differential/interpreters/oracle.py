"""Prints what `packaging` says of the interpreter that runs this. Its directory is the first argument."""

import importlib.util
import json
import os
import sys

spec = importlib.util.spec_from_file_location(
    "packaging",
    os.path.join(sys.argv[1], "__init__.py"),
    submodule_search_locations=[sys.argv[1]],
)
sys.modules["packaging"] = importlib.util.module_from_spec(spec)
try:
    from packaging.markers import default_environment
    from packaging.tags import sys_tags
except Exception:
    # Too new for this Python: the one that its own pip has will do.
    from pip._vendor.packaging.markers import default_environment
    from pip._vendor.packaging.tags import sys_tags

answer = {"environment": default_environment(), "tags": [str(tag) for tag in sys_tags()]}
print(json.dumps(answer))
