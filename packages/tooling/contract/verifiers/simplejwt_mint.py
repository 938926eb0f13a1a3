"""Mints the tokens that a Django service gives its user 1 with SimpleJWT: a line {"access", "refresh"}."""

import json

import django_project
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

user = django_project.add_user(1)
print(json.dumps({"access": str(AccessToken.for_user(user)), "refresh": str(RefreshToken.for_user(user))}))
