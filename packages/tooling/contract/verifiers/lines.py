"""The protocol of the verifiers: see README.md."""

import json
import sys


def answer_lines(verify, refusals, library, algorithms):
    """Describes the library, or answers each line with the claims that verify returns or the refusal that it raises."""
    if "--describe" in sys.argv:
        print(json.dumps({"library": library, "algorithms": sorted(algorithms)}))
        return
    for line in sys.stdin:
        try:
            answer = {"ok": True, "claims": verify(json.loads(line)["token"])}
        except refusals as refusal:
            answer = {"ok": False, "error": str(refusal)}
        print(json.dumps(answer), flush=True)
