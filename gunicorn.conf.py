"""How gunicorn serves the house: threads for slow visitors, workers for cores, no address in its logs."""

import multiprocessing
import os

wsgi_app = "onemm.wsgi"
bind = os.environ.get("BIND", "0.0.0.0:8000")  # inside its container; the proxy is the door
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(multiprocessing.cpu_count() + 1, 9))
threads = int(os.environ.get("WEB_THREADS") or 4)
timeout = 30
graceful_timeout = 25
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  # nosec B108  heartbeats
accesslog = None  # django-structlog writes one line a page, without addresses
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
control_socket_disable = True  # it would want a place to write, and the container has none
