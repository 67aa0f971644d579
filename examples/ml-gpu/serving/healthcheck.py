"""The container's probe: python -slim has neither curl nor wget. Exit 0 when /ready says 200, else 1."""

import os
import sys
import urllib.error
import urllib.request

try:
    with urllib.request.urlopen(f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/ready", timeout=3) as answer:
        print(answer.read().decode())
except urllib.error.HTTPError as error:
    print(error.read().decode())
    sys.exit(1)
except OSError as error:
    print(f"no answer: {error}")
    sys.exit(1)
