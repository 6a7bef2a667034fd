"""One set of settings for every place, read from the environment and safe by default."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent

# Where this runs ------------------------------------------------------------------------------------------------------
EXCHANGE_DEMO = env.flag("EXCHANGE_DEMO")
EXCHANGE_TEST_MODE = env.flag("EXCHANGE_TEST_MODE")
EXCHANGE_TEST_CLOCK_FILE = env.text("EXCHANGE_TEST_CLOCK_FILE")
EXCHANGE_ADDRESS = env.text("EXCHANGE_ADDRESS", "http://localhost:8000")
LOOPBACK = EXCHANGE_DEMO or EXCHANGE_TEST_MODE  # plain http on this machine only

DEBUG = False
SECRET_KEY = env.text("EXCHANGE_SECRET_KEY")
ALLOWED_HOSTS = env.words("EXCHANGE_HOSTS") or (["localhost", "127.0.0.1", "[::1]", "testserver"] if LOOPBACK else [])
CSRF_TRUSTED_ORIGINS = env.words("EXCHANGE_ORIGINS")
SILENCED_SYSTEM_CHECKS: list[str] = []

# What it is made of ---------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "accounts",
    "denials",
    "screening",
    "consultations",
    "reports",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "guardian",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.CleanQueryString",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PrincipalTransaction",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.views.page_context",
            ],
        },
    },
]
FORM_RENDERER = "config.renderer.Renderer"

# Records --------------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.database(env.database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and machines --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian makes no person of its own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

# The second factor. The library's own pages are not served; ours use its rows and its checks (docs/adr/0200) ----------
MFA_ADAPTER = "accounts.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Denial Exchange"
MFA_TOTP_TOLERANCE = 1  # steps of half a minute that a clock may be off
MFA_RECOVERY_CODE_DIGITS = 12
EXCHANGE_FACTOR_KEY = env.text("EXCHANGE_FACTOR_KEY") or SECRET_KEY  # what the secrets of factors are kept under
EXCHANGE_FACTOR_KEYS_BEFORE = env.words("EXCHANGE_FACTOR_KEYS_BEFORE")

# How long a sign-in holds, and a proof before acts with legal effect; 0 in test mode only: without end ----------------
EXCHANGE_SESSION_IDLE_MINUTES = env.number("EXCHANGE_SESSION_IDLE_MINUTES", 30)
EXCHANGE_SESSION_HOURS = env.number("EXCHANGE_SESSION_HOURS", 12)
EXCHANGE_REAUTH_MINUTES = env.number("EXCHANGE_REAUTH_MINUTES", 30)
EXCHANGE_OIDC_SECRETS = env.mapping("EXCHANGE_OIDC_SECRETS")  # of each identity provider's client, by its code
EXCHANGE_TEST_ISSUER = env.text("EXCHANGE_TEST_ISSUER")  # the one provider on this machine that test mode allows

# Machines -------------------------------------------------------------------------------------------------------------
EXCHANGE_TOKEN_MINUTES = env.number("EXCHANGE_TOKEN_MINUTES", 30)
EXCHANGE_LONG_TOKENS = env.flag("EXCHANGE_LONG_TOKENS", True)  # those of `issue_token`, for up to a year
EXCHANGE_CLIENT_CERTIFICATE_HEADER = env.text("EXCHANGE_CLIENT_CERTIFICATE_HEADER")
EXCHANGE_QUOTA_MINUTE = env.number("EXCHANGE_QUOTA_MINUTE", 6_000)  # calls of a client; 0: no limit
EXCHANGE_QUOTA_DAY = env.number("EXCHANGE_QUOTA_DAY", 1_000_000)

# REST -----------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.authentication.PrincipalAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["accounts.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "accounts.api.errors.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Denial Exchange",
    "DESCRIPTION": "Notification of denials, screening of applications, consultations between authorities.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "PartyRole": ["end_user", "consignee", "intermediary", "broker", "exporter", "other"],
        "ConsultationRole": ["initiated", "received"],
        "DenialMarking": ["UNMARKED", "LIMITE", "SENSITIVE", "R-UE/EU-R"],
        "ConsultationAnswer": [
            *("identical", "not_identical", "partly", "no_objection", "objection"),
            *("views", "release", "hold", "requirement", "no_requirement"),
        ],
        "ActEnum": [
            *("refusal", "annulment", "suspension", "limitation", "revocation", "not_to_be_authorised"),
            *("transit_prohibition", "negative_reply", "dismissal", "requirement_imposed"),
        ],
        "PreparedAct": [
            *("answered", "late_answer", "information_requested", "information_given", "extension_proposed"),
            *("extension_agreed", "extension_refused", "withdrawn", "concluded", "opened", "queried"),
        ],
        "ScreeningCompleteness": ["complete", "partial", "failed", "none"],
        "ListCompleteness": ["full", "heads", "part"],
        "DocumentMarking": ["unmarked", "limite", "sensitive"],
        "Conclusion": ["granted", "held", "not_granted", "not_required", "released", "required", "thanked"],
    },
}

# Transport ------------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = not LOOPBACK
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked for by the supervisor of the process, inside
EXCHANGE_BEHIND_PROXY = env.flag("EXCHANGE_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if EXCHANGE_BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 0 if LOOPBACK else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOOPBACK
SECURE_HSTS_PRELOAD = not LOOPBACK
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "session" if LOOPBACK else "__Host-session"
SESSION_COOKIE_SECURE = not LOOPBACK
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = (EXCHANGE_SESSION_HOURS or 12) * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "csrf" if LOOPBACK else "__Host-csrf"
CSRF_COOKIE_SECURE = not LOOPBACK
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language" if LOOPBACK else "__Host-language"
LANGUAGE_COOKIE_SECURE = not LOOPBACK
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
DEVICE_COOKIE_NAME = "device" if LOOPBACK else "__Host-device"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576  # bytes, files not counted
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# Language and time ----------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("de", _("German")), ("nl", _("Dutch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files ----------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.text("EXCHANGE_STATIC_ROOT") or None
WHITENOISE_USE_FINDERS = not STATIC_ROOT
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's page has a use for our files
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": HASHED_STATIC if STATIC_ROOT else PLAIN_STATIC},
}

# Terms that the legal texts leave open; see consultations/law/terms.py and docs/adr/0017 ------------------------------
EXCHANGE_TERMS = env.mapping("EXCHANGE_TERMS")
# The highest marking this system may hold; above SENSITIVE only once it is accredited (Decision 2013/488/EU Art. 10).
EXCHANGE_MARKING_CEILING = env.text("EXCHANGE_MARKING_CEILING", "SENSITIVE")
EXCHANGE_DISCLOSURE_THRESHOLD = env.number("EXCHANGE_DISCLOSURE_THRESHOLD", 3)  # cells by state below it are held back
EXCHANGE_RETURN_DUE = env.text("EXCHANGE_RETURN_DUE", "06-30")  # month and day by which last year's return is owed
EXCHANGE_MIRROR_TOKEN = env.text("EXCHANGE_MIRROR_TOKEN")  # of the exchange that `mirror` follows

# Hours after which a consultation nobody acknowledged goes to the functional mailbox and the supervisor
EXCHANGE_UNOPENED_HOURS = env.number("EXCHANGE_UNOPENED_HOURS", 24)

# The audit chain: the secret its signatures follow from, those before it, and how old a checkpoint may be -------------
EXCHANGE_AUDIT_KEY = env.text("EXCHANGE_AUDIT_KEY") or SECRET_KEY
EXCHANGE_AUDIT_KEYS_BEFORE = env.words("EXCHANGE_AUDIT_KEYS_BEFORE")
EXCHANGE_CHECKPOINT_MINUTES = env.number("EXCHANGE_CHECKPOINT_MINUTES", 15)
EXCHANGE_WITNESS_HOURS = env.number("EXCHANGE_WITNESS_HOURS", 4)  # 0: nothing is held

# The post -------------------------------------------------------------------------------------------------------------
MAIL = env.mail(env.text("EXCHANGE_EMAIL_URL", "console:"))
globals().update(MAIL)
DEFAULT_FROM_EMAIL = env.text("EXCHANGE_EMAIL_FROM", "exchange@localhost")

# The one receiver of webhooks on this machine that test mode allows
EXCHANGE_TEST_WEBHOOK = env.text("EXCHANGE_TEST_WEBHOOK")

# Sweeps ---------------------------------------------------------------------------------------------------------------
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
EXCHANGE_TASKS_EAGER = env.flag("EXCHANGE_TASKS_EAGER")

# Logs: identifiers only, never the content of a case -----------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("EXCHANGE_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "fontTools": {"level": "WARNING"},  # how a font was cut is no news
    },
}
