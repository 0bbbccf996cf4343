"""All settings, in one file that reads the environment.

Without any environment it is the embedded kind: SQLite, eager Celery, letters kept and not posted.
`ONEMM_ENV=production` is strict: it refuses to start without a secret, a host and a database.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from onemm.celery import NIGHT, TIMETABLE
from onemm.logs import configure

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

# --- Which kind of house is this? ------------------------------------------------------------
# "embedded": one machine, no services (tests, a look round).  "demo": the same with demonstration
# sign-ins shown on the sign-in page.  "production": everything by the book.
ENV = env.str("ONEMM_ENV", default="embedded")
if ENV not in {"embedded", "demo", "production"}:
    raise ImproperlyConfigured("ONEMM_ENV must be embedded, demo or production.")
PRODUCTION = ENV == "production"
DEMO = ENV == "demo"

DEBUG = env.bool("DEBUG", default=False)
EMBEDDED_SECRET = "embedded-only-" + "not-a-secret-" * 4
SECRET_KEY = env.str("SECRET_KEY", default="" if PRODUCTION else EMBEDDED_SECRET)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "testserver"]
)
HERE = f"http://localhost:{env.str('PORT', default='') or 8000}"
SITE_URL = env.str("SITE_URL", default="" if PRODUCTION else HERE).rstrip("/")
if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off in production.")
    if len(SECRET_KEY) < 50 or SECRET_KEY == EMBEDDED_SECRET:
        raise ImproperlyConfigured("Set SECRET_KEY (or SECRET_KEY_FILE) to at least 50 random characters.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names this site answers to.")
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured("Set SITE_URL to the site's https:// address; letters link to it.")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if PRODUCTION else []

# --- Rooms, floor by floor ---------------------------------------------------------------------
INSTALLED_APPS = [
    "onemm.apps.StaffDesk",  # Django's admin, dressed, behind a second factor
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_structlog",
    "phonenumber_field",
    "users",
    "audit",
    "notifications",
    "training",
    "partners",
    "mentors",
    "mentees",
    "matching",
    "mentoring",
    "safeguarding",
    "onemm.apps.Roof",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "users.middleware.NoNulInAddresses",  # before anybody reads the address
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "users.middleware.SessionsEnd",
    "users.middleware.SecondFactorForStaff",
    "users.middleware.PrivatePagesAreNotStored",
    "django_structlog.middlewares.RequestMiddleware",
]

ROOT_URLCONF = "onemm.urls"
WSGI_APPLICATION = "onemm.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.static",
                "crispy_forms.templatetags.crispy_forms_tags",
                "onemm.templatetags.house",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "onemm.context.house",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["onemm"]
CRISPY_TEMPLATE_PACK = "onemm"

# --- Databases, cache, queue -------------------------------------------------------------------
VAR_DIR = Path(env.str("ONEMM_VAR", default=str(BASE_DIR / "var")))
DATABASE_URL = env.str("DATABASE_URL", default="" if PRODUCTION else f"sqlite:///{VAR_DIR}/onemm.sqlite3")
if not DATABASE_URL:
    raise ImproperlyConfigured("Set DATABASE_URL (or DATABASE_URL_FILE) to the PostgreSQL database.")
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
ON_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if ON_SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if PRODUCTION and not REDIS_URL:
    raise ImproperlyConfigured("Set REDIS_URL: Celery needs it.")
# Sign-in limits live in the cache, so it stands in the database, where all processes share it: Redis may
# stop, hang or be flushed, and a guesser gets no more tries for it. users.migrations makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cached",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
    if PRODUCTION
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# The broker may vanish at any moment: PostgreSQL owns the work, a message is a hint (ARCHITECTURE,
# "Speaking"). So: short sockets, no publish retry, and limits that end before a letter's lease does.
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 270
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 0.5,
    "socket_connect_timeout": 0.5,
}
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE = TIMETABLE
TIMETABLE_NIGHT = NIGHT
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# --- People ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "users.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # unique it is, by a constraint on the lower-case address
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "users.passwords.LongEnough"},
    {"NAME": "users.passwords.HardToGuess"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "users.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # read by allauth; everybody comes by a door
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # a letter may take a few minutes; the letter says ten
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}  # digits: easy on a phone
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    # Passwords: see users.adapters for who may pass a block of the second kind.
    "wrong_password_from_address": "10/m/ip",
    "wrong_password_for_account": "5/5m/key",
    "login_failed": "10/m/ip,5/5m/key",  # second steps
}
ACCOUNT_FORMS = {
    "login": "users.forms.SignIn",
    "request_login_code": "users.forms.AskForCode",
    "confirm_login_code": "users.forms.EnterCode",
    "confirm_email_verification_code": "users.forms.EnterEmailCode",
    "reset_password": "users.forms.AskForPassword",
    "confirm_password_reset_code": "users.forms.EnterResetCode",
    "reset_password_from_key": "users.forms.ChooseNewPassword",
    "change_password": "users.forms.ChangePassword",
    "set_password": "users.forms.SetPassword",
    "add_email": "users.forms.ChangeEmail",
    "reauthenticate": "users.forms.Reauthenticate",
}
MFA_ADAPTER = "users.adapters.SecondFactors"
MFA_FORMS = {
    "authenticate": "users.forms.SecondStep",
    "reauthenticate": "users.forms.SecondStepAgain",
    "activate_totp": "users.forms.ActivateTOTP",
    "add_webauthn": "users.forms.AddPasskey",
    "edit_webauthn": "users.forms.RenamePasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # passkeys work on http://localhost, and only there
MFA_TOTP_ISSUER = "One Million Mentors"
MFA_TOTP_TOLERANCE = 1  # a code is good for half a minute more on either side: clocks differ
USERSESSIONS_TRACK_ACTIVITY = False  # users.middleware notes it once a minute, not on each request
# Pages that staff may open before they have shown a second factor, besides allauth's own.
OPEN_WITHOUT_SECOND_FACTOR = {"users:account", "users:kept_answers", "safeguarding:raise_concern"}
NEVER_INTERRUPTED = {"safeguarding:raise_concern"}  # saved even when the session has just ended
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)

# --- Sessions, headers -------------------------------------------------------------------------
SESSION_COOKIE_NAME = "__Host-onemm" if PRODUCTION else "onemm"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# (left alone for, in use for) at most this many seconds: a setting, because safeguarding may want it tighter.
SESSION = env.tuple("SESSION", cast=int, default=(2 * 3600, 14 * 24 * 3600))
STAFF_SESSION = env.tuple("STAFF_SESSION", cast=int, default=(30 * 60, 12 * 3600))
# From how many days of contact with under-18s out of 30 the safeguarding lead is told of a mentor whose check
# does not cover regulated activity. The law says four; a lead may want to know sooner.
CONTACT_DAYS = env.int("CONTACT_DAYS", default=4)
CSRF_FAILURE_VIEW = "onemm.errors.forgery"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^(live|ready)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- Letters -----------------------------------------------------------------------------------
# No EMAIL_URL: letters are kept, can be read by staff, and leave through no wire (the demo, the tests).
EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if PRODUCTION and not EMAIL_URL:
    raise ImproperlyConfigured("Set EMAIL_URL (or EMAIL_URL_FILE), like smtp+tls://name:password@host:587.")
EMAIL_TIMEOUT = 10
# After a restore from backup: nothing leaves until a person has looked and takes this away.
LETTERS_HELD = env.bool("LETTERS_HELD", default=False)
# Opens /status, which holds totals only, to the machine that keeps watch; empty: to staff alone.
STATUS_TOKEN = env.str("STATUS_TOKEN", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="One Million Mentors <hello@onemm.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Words, time, files ------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True
DATE_FORMAT = "j F Y"
PHONENUMBER_DEFAULT_REGION = "GB"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "static-built")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION  # no collecting needed to look round
WHITENOISE_MAX_AGE = 0 if not PRODUCTION else 60

# --- Logs: what happened, never to whom ---------------------------------------------------------
LOGGING = configure(
    production=PRODUCTION, level=env.str("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING")
)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False

# --- Meetings online -----------------------------------------------------------------------------
# Where video calls happen, like https://calls.example.org; each meeting gets a room of its own there.
# Empty: people are told that our team sends them the link.
VIDEO_ROOMS = env.str("VIDEO_ROOMS", default="")
