#!/bin/sh
# Runs after roles.sql, once, as superuser: gives the three roles the passwords of the secret files.
set -eu
for role in owner web worker; do
    psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
        --set role="exchange_$role" --set password="$(cat "/run/secrets/${role}_password")" <<'SQL'
ALTER ROLE :"role" PASSWORD :'password';
SQL
done
