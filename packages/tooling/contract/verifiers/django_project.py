"""A Django REST framework project in one file, whose views trust the account service's tokens through SimpleJWT."""

import os

import django
from django.conf import settings
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["testserver"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="unused: no sessions, no forms",
    SIMPLE_JWT={
        "ALGORITHM": os.environ.get("ALGORITHM"),
        "SIGNING_KEY": os.environ.get("SECRET_KEY") or os.environ.get("SIGNING_KEY"),
        "JWK_URL": os.environ.get("JWK_URL"),
        "ISSUER": os.environ.get("ISSUER"),
        "AUDIENCE": os.environ.get("AUDIENCE"),
    },
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402 (Django's models load after its settings)
from django.core.management import call_command  # noqa: E402
from rest_framework.permissions import IsAuthenticated  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402
from rest_framework_simplejwt import authentication  # noqa: E402


class StatelessView(APIView):
    """Trusts the claims alone."""

    authentication_classes = [authentication.JWTStatelessUserAuthentication]
    permission_classes = [IsAuthenticated]

    def get(self, request):
        return Response({"user_id": request.user.id, "claims": request.auth.payload})


class UserView(StatelessView):
    """Finds the user of the claims in a table of its own."""

    authentication_classes = [authentication.JWTAuthentication]


urlpatterns = [
    path("JWTAuthentication/", UserView.as_view()),
    path("JWTStatelessUserAuthentication/", StatelessView.as_view()),
]


def add_user(user_id):
    """Makes the tables, and a user with the id that the account service knows it by."""
    call_command("migrate", verbosity=0)
    return User.objects.create(id=user_id, username=str(user_id))
