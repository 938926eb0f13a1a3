"""Prints hashes that Django itself made, as JSON: make-django-hashes.py [COUNT].

Without a count: one hash of each hasher and password, at low costs, and one at Django's own costs.
With a count: so many hashes of random passwords, at low costs.
django-hashes.json holds the output of Django 5.2 (pip: django argon2-cffi bcrypt) and of 3.2 (Debian 12:
python3-django python3-argon2 python3-bcrypt).
"""
import importlib.metadata as packages
import json
import random
import sys

import django
from django.conf import settings

settings.configure()
django.setup()

from django.contrib.auth import hashers as h

LONG = "seven ferries at noon, " * 4 + "and then some"
PASSWORDS = ["TestPass123!", " pässwörd ☃ with spaces ", LONG]


def low(hasher):
    """The hasher at the lowest costs that it takes."""
    for name, value in {
        "iterations": 1000, "rounds": 4, "work_factor": 16, "memory_cost": 64, "time_cost": 1,
    }.items():
        if hasattr(hasher, name):
            setattr(hasher, name, value)
    return hasher


def hashers():
    names = ["PBKDF2", "PBKDF2SHA1", "Argon2", "BCryptSHA256", "BCrypt", "Scrypt", "MD5"]
    return [getattr(h, f"{name}PasswordHasher") for name in names if hasattr(h, f"{name}PasswordHasher")]


def encode(hasher, password):
    """Returns nothing where a library refuses: bcrypt from version 5 on takes 72 bytes alone."""
    try:
        encoded = hasher.encode(password, hasher.salt())
    except ValueError:
        return []
    assert hasher.verify(password, encoded)
    return [[password, encoded]]


def version(package):
    try:
        return packages.version(package)
    except packages.PackageNotFoundError:
        return None


if len(sys.argv) > 1:
    made = random.Random(1)
    letters = "abcdefgh ÄÖÜß☃🦀éñ0123456789!$%"
    pairs = []
    while len(pairs) < int(sys.argv[1]):
        hasher = low(made.choice(hashers())())
        pairs += encode(hasher, "".join(made.choices(letters, k=made.randint(1, 60))))
    print(json.dumps(pairs, ensure_ascii=False))
else:
    print(json.dumps({
        "django": django.get_version(),
        "argon2-cffi": version("argon2-cffi"),
        "bcrypt": version("bcrypt"),
        "low": [pair for hasher in hashers() for text in PASSWORDS for pair in encode(low(hasher()), text)],
        "own": [pair for hasher in hashers() for pair in encode(hasher(), PASSWORDS[0])],
    }, ensure_ascii=False, indent=2))
