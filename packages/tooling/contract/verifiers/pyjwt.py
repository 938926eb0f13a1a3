"""Verifies access tokens with PyJWT, as a service in Python would."""

import os

import jwt

from lines import answer_lines

ALGORITHM = os.environ.get("ALGORITHM")
SECRET_KEY = os.environ.get("SECRET_KEY")
ISSUER = os.environ.get("ISSUER")
AUDIENCE = os.environ.get("AUDIENCE")

jwks = jwt.PyJWKClient(os.environ.get("JWK_URL", ""))


def verify(token):
    key = SECRET_KEY or jwks.get_signing_key_from_jwt(token).key
    claims = jwt.decode(
        token,
        key,
        algorithms=[ALGORITHM],
        issuer=ISSUER,
        audience=AUDIENCE,
        options={"require": ["exp"]},
    )
    if claims.get("token_type") != "access":
        raise jwt.InvalidTokenError("not an access token")
    return claims


answer_lines(
    verify,
    refusals=jwt.PyJWTError,
    library=f"PyJWT {jwt.__version__}",
    algorithms=["HS256", "RS256", "ES256", "EdDSA"],
)
