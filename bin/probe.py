"""Ask the web server in this container whether it is live or ready. For health checks: it prints nothing."""

import http.client
import os
import sys

HOST = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")


def main(question: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
    try:
        line.request("GET", f"/{question}", headers={"Host": HOST})
        return 0 if line.getresponse().status == 200 else 1
    except (OSError, http.client.HTTPException):
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "live"))
