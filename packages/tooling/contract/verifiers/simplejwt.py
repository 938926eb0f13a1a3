"""Verifies access tokens with SimpleJWT: asks a protected view of a Django project, whose authentication class is the argument."""

import sys

import django_project
import rest_framework_simplejwt
from django.test import Client
from rest_framework_simplejwt.backends import ALLOWED_ALGORITHMS

from lines import answer_lines

AUTHENTICATION = sys.argv[1]

client = Client(raise_request_exception=True)


class Refused(Exception):
    pass


def verify(token):
    answer = client.get(f"/{AUTHENTICATION}/", HTTP_AUTHORIZATION=f"Bearer {token}")
    if answer.status_code == 401:
        raise Refused(answer.content.decode())
    body = answer.json()
    assert answer.status_code == 200 and body["user_id"] == body["claims"]["user_id"], body
    return body["claims"]


if "--describe" not in sys.argv:
    django_project.add_user(1)

answer_lines(
    verify,
    refusals=Refused,
    library=f"SimpleJWT {rest_framework_simplejwt.__version__}",
    algorithms=ALLOWED_ALGORITHMS,
)
