"""Serves the service on a free port, and prints its URL."""
import os
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
from django.core.wsgi import get_wsgi_application  # noqa: E402


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128


server = make_server("127.0.0.1", 0, get_wsgi_application(), Server)
print(f'"url":"http://127.0.0.1:{server.server_port}"', flush=True)
server.serve_forever()
